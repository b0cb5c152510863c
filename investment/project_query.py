"""Query and result of the list of projects: plain values that every engine shares."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.html import escape
from django.utils.translation import override

from investment import buckets
from investment.models import Project

MAX_PAGE_SIZE = 100
SORTS = ("relevance", "confirmed", "capital", "area", "year", "name")
LARGEST_FIRST = ("capital", "area")  # with and without the sign in front


class EngineUnavailable(Exception):
    """The registered search engine does not answer; the list then comes from the database, with a notice."""


class NoEngine(EngineUnavailable):
    """No search engine was chosen: the list comes from the database, which is nothing to say on the page."""


@dataclass(frozen=True)
class ProjectQuery:
    """A query to the list. Empty means "any"; several values of one field mean "one of these".

    Capital is in VND billion, area in hectares; both ends of a range count as inside. `capital` and `area` hold the
    names of buckets (see `investment.buckets`), `ward` the codes of wards, `form` forms of investment, `where` whether
    a project lies in the city itself. A range leaves out projects whose number is not published, unless
    `capital_unknown` or `area_unknown` lets them pass too.

    `descending` is the direction of the sort; None is the usual one: names from A, everything else from the top.
    """

    q: str = ""
    sector: tuple[str, ...] = ()
    province: tuple[str, ...] = ()
    ward: tuple[str, ...] = ()
    form: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    capital: tuple[str, ...] = ()
    area: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    capital_min: float | None = None
    capital_max: float | None = None
    area_min: float | None = None
    area_max: float | None = None
    capital_unknown: bool = False
    area_unknown: bool = False
    sort: str = "relevance"
    descending: bool | None = None
    page: int = 1
    page_size: int = 20
    locale: str = "vi"

    def chosen(self, facet: str) -> tuple[str, ...]:
        """The values chosen in one facet."""
        values: tuple[str, ...] = getattr(self, facet)
        return values

    @property
    def is_descending(self) -> bool:
        """The direction of the sort."""
        return self.sort != "name" if self.descending is None else self.descending

    @property
    def sort_text(self) -> str:
        """The sort as it is written in an address: `-confirmed`, `capital`, `name`."""
        signed = self.is_descending and self.sort not in (SORTS[0], *LARGEST_FIRST)
        return f"-{self.sort}" if signed else self.sort


@dataclass(frozen=True)
class Facet:
    """One value of a facet with the number of projects that choosing it would show."""

    value: str
    label: str
    count: int
    selected: bool = False


@dataclass(frozen=True)
class ProjectWords:
    """What the page of a project says in one language."""

    title: str
    summary: str = ""
    url: str = ""


@dataclass(frozen=True)
class ProjectHit:
    """One project of the answer. `highlight` is safe HTML: escaped text with <mark>, or empty."""

    project: Project
    title: str
    summary: str
    url: str
    highlight: str = ""


@dataclass(frozen=True)
class ProjectResults:
    """A page of the answer. `note` is a sentence for people when something was done differently than asked.

    `corrected` is the text that was searched for where a word was mistyped, `ignored` are words that no project has,
    and `loosened` says that no project has all the words: some are missing in each. `names` are the words as they were
    understood, a name of several words as one; empty without an engine.
    """

    count: int
    page: int
    page_size: int
    engine: str
    hits: list[ProjectHit]
    facets: dict[str, list[Facet]] = field(default_factory=dict)
    corrected: str = ""
    ignored: tuple[str, ...] = ()
    loosened: bool = False
    names: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Suggestion:
    """One completion. `kind` is project, place, sector, agency, procedure or page; `marked` is safe HTML: the text with
    what was typed in <mark>, or empty."""

    text: str
    kind: str
    url: str
    marked: str = ""


WordsReader = Callable[[Sequence[Project], str], Mapping[int, ProjectWords]]

_words_reader: WordsReader | None = None


def register_words(reader: WordsReader) -> None:
    """Let `reader(projects, locale)` say title, summary and page address of projects, by project id."""
    global _words_reader
    _words_reader = reader


def words_for(projects: Sequence[Project], locale: str) -> dict[int, ProjectWords]:
    """Title, summary and page of each project in `locale`; its published name where it has no page."""
    found = dict(_words_reader(projects, locale)) if _words_reader and projects else {}
    with override(locale):
        return {
            project.pk: found.get(project.pk) or ProjectWords(title=project.name, url=f"/{locale}/projects/")
            for project in projects
        }


def hits_for(projects: Sequence[Project], locale: str, highlights: Mapping[int, str] | None = None) -> list[ProjectHit]:
    """Join projects, in the order given, with their words and the engine's highlights (safe HTML, by project id)."""
    words = words_for(projects, locale)
    return [
        ProjectHit(
            project=project,
            title=words[project.pk].title,
            summary=words[project.pk].summary,
            url=words[project.pk].url,
            highlight=(highlights or {}).get(project.pk, ""),
        )
        for project in projects
    ]


def facets_from(groups: Iterable[Mapping[str, object]], query: ProjectQuery) -> tuple[int, dict[str, list[Facet]]]:
    """Roll grouped counts up into the total and the facets; each facet ignores what is chosen in itself.

    A group has one value per facet (`sector`, `province`, `form`, `status`, `capital`, `area`) and `n`, counted
    before any facet filter. So one GROUP BY gives every number that the page shows.
    """
    rows = [({name: str(row[name] or "") for name in buckets.FACETS}, int(str(row["n"]))) for row in groups]
    for values, _n in rows:
        values[buckets.WHERE] = buckets.where(values["province"])
    chosen = {name: set(query.chosen(name)) for name in buckets.COUNTED}
    total, counts = 0, {name: dict.fromkeys(query.chosen(name), 0) for name in buckets.COUNTED}
    for values, n in rows:
        missed = [name for name in buckets.COUNTED if chosen[name] and values[name] not in chosen[name]]
        if not missed:
            total += n
        for name in [missed[0]] if len(missed) == 1 else buckets.COUNTED if not missed else ():
            counts[name][values[name]] = counts[name].get(values[name], 0) + n
    with override(query.locale):
        return total, {
            name: [
                Facet(value, buckets.label(name, value), n, value in chosen[name])
                for value, n in sorted(counts[name].items(), key=lambda item: buckets.order(name, item[0], item[1]))
                if n or value in chosen[name]
            ]
            for name in buckets.COUNTED
        }


def marked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Escape `text` and put <mark> around `spans` (start, end; in order, not overlapping)."""
    parts, at = [], 0
    for start, end in spans:
        parts += [escape(text[at:start]), "<mark>", escape(text[start:end]), "</mark>"]
        at = end
    return "".join([*parts, escape(text[at:])])
