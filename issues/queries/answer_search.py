"""Published answers found by words, category and agency. The search app registers a finder; without one, or while it
does not answer, the public words of the newest are looked through, and a note says so. Private text is never searched.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.text import words
from investment.catalogue import EngineUnavailable
from issues.models import Ticket
from issues.queries.answers import published_answers

PAGE_SIZE = 20
FACETS = ("category", "agency")
MOST_READ = 1_000  # of the newest, without an engine
_MOST_WORDS = 10


@dataclass(frozen=True)
class AnswerQuery:
    """What is sought; `agency` is the code of the lead agency. Nothing chosen is everything."""

    text: str = ""
    category: str = ""
    agency: str = ""
    offset: int = 0
    limit: int = PAGE_SIZE
    locale: str = field(default_factory=lambda: (get_language() or "vi")[:2])

    @property
    def chosen(self) -> dict[str, str]:
        """The filters by name; empty where nothing is chosen."""
        return {"category": self.category, "agency": self.agency}

    def wanted(self) -> Q:
        """The filters as a condition."""
        wanted = Q(category=self.category) if self.category else Q()
        return wanted & Q(lead_agency__code=self.agency) if self.agency else wanted


@dataclass(frozen=True)
class AnswersFound:
    """One page of ids, the best first; `count` counts all, `facets` what each choice would show. `reasons` are safe
    HTML by id: the piece of the answer with the words marked."""

    count: int = 0
    ids: Sequence[int] = ()
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    reasons: Mapping[int, str] = field(default_factory=dict)
    corrected: str = ""
    ignored: tuple[str, ...] = ()
    loosened: bool = False
    note: str = ""


Finder = Callable[[AnswerQuery], AnswersFound]
_finder: Finder | None = None


def register(finder: Finder | None) -> None:
    """Let `finder` answer from now on. It raises EngineUnavailable when it cannot."""
    global _finder
    _finder = finder


def search_answers(query: AnswerQuery) -> AnswersFound:
    """One page of published answers; without words the newest first, from the database."""
    if not query.text:
        return _newest(query)
    if _finder is not None:
        try:
            return _finder(query)
        except EngineUnavailable:
            pass
    return _among_the_newest(query)


def holding(text: str, rows: Sequence[tuple[int, str, str]]) -> list[int]:
    """Of rows (id, public title, public answer) those that hold every word, marks apart."""
    asked = words(text)[:_MOST_WORDS]
    return [pk for pk, title, answer in rows if asked and _holds_all(asked, set(words(f"{title} {answer}")))]


def _holds_all(asked: Sequence[str], has: set[str]) -> bool:
    return all(word in has for word in asked)


def _newest(query: AnswerQuery) -> AnswersFound:
    """Two queries: all counts come from one grouping."""
    grouped = (
        Ticket.objects.filter(public_consent=True, published_at__isnull=False)
        .order_by()
        .values_list("category", "lead_agency__code")
        .annotate(n=Count("pk"))
    )
    groups = [({"category": category, "agency": agency or ""}, n) for category, agency, n in grouped]
    count, facets = _counted(groups, query)
    ids = published_answers().filter(query.wanted()).values_list("pk", flat=True)
    return AnswersFound(count, list(ids[query.offset : query.offset + query.limit]), facets)


def _among_the_newest(query: AnswerQuery) -> AnswersFound:
    columns = published_answers().values_list("pk", "public_title", "public_answer", "category", "lead_agency__code")
    read = list(columns[:MOST_READ])
    matching = set(holding(query.text, [row[:3] for row in read]))
    rows = [
        (pk, {"category": category, "agency": agency or ""})
        for pk, _title, _answer, category, agency in read
        if pk in matching
    ]
    count, facets = _counted([(values, 1) for _pk, values in rows], query)
    ids = [pk for pk, values in rows if _fits(values, query.chosen)]
    return AnswersFound(
        count=count,
        ids=ids[query.offset : query.offset + query.limit],
        facets=facets,
        note=_("Search is limited now: it finds words only as they are written, among the newest answers."),
    )


_Values = Mapping[str, str]


def _counted(groups: Sequence[tuple[_Values, int]], query: AnswerQuery) -> tuple[int, dict[str, dict[str, int]]]:
    """How many there are, and for each facet what its choices would show; groups are values and their number."""
    facets: dict[str, dict[str, int]] = {}
    for name in FACETS:
        counts: Counter[str] = Counter()
        for values, n in groups:
            if values[name] and _fits(values, {**query.chosen, name: ""}):
                counts[values[name]] += n
        facets[name] = dict(counts)
    return sum(n for values, n in groups if _fits(values, query.chosen)), facets


def _fits(values: _Values, chosen: _Values) -> bool:
    return all(not value or values[name] == value for name, value in chosen.items())
