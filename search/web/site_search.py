"""The search page of the whole site: the query, counts of each kind, one page of results."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core import wording
from investment.catalogue import EngineUnavailable, ProjectQuery, search_projects
from search import documents, engines, finding
from search.engines.base import Engine, Hit, SearchQuery
from search.engines.base import Kind as DocumentKind

PAGE_SIZE = 20

_ONE = {
    DocumentKind.PROJECT: gettext_lazy("Project"),
    DocumentKind.PAGE: gettext_lazy("Page"),
    DocumentKind.ANSWER: gettext_lazy("Answer"),
    DocumentKind.PROCEDURE: gettext_lazy("Procedure"),
    DocumentKind.AGENCY: gettext_lazy("Agency"),
}
_MANY = {
    DocumentKind.PROJECT: gettext_lazy("Projects"),
    DocumentKind.PAGE: gettext_lazy("Pages"),
    DocumentKind.ANSWER: gettext_lazy("Answers"),
    DocumentKind.PROCEDURE: gettext_lazy("Procedures"),
    DocumentKind.AGENCY: gettext_lazy("Agencies"),
}
# Shown while nothing is typed: what people look for, in the language of the page.
EXAMPLES = (
    gettext_lazy("industrial park"),
    gettext_lazy("building permit"),
    gettext_lazy("land clearance"),
    gettext_lazy("social housing"),
)
_MOST_WORDS = 5  # of a query that found nothing, each left out in turn


@dataclass(frozen=True)
class Row:
    """One result. `title` and `text` are safe HTML; `position` counts from the start of the whole list; `document` is
    its id, where the engine found it."""

    position: int
    kind: str
    title: str
    text: str
    url: str
    document: str = ""


@dataclass(frozen=True)
class Offer:
    """The query without one word, and how many results it has."""

    without: str
    q: str
    count: int


@dataclass(frozen=True)
class Found:
    """What the page shows. `meant` is what was searched for, `q` or its correction. `note` says when the engine does
    not answer, `notices` what was done differently than asked, `offers` what would be found with one word less."""

    q: str
    meant: str = ""
    kind: str = ""
    count: int = 0
    rows: list[Row] = field(default_factory=list)
    tabs: list[dict[str, Any]] = field(default_factory=list)
    page_obj: Page | None = None
    notices: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()
    note: str = ""


def find(q: str, *, kind: str, page: str, locale: str) -> Found:
    """Search everything, or one kind; an unknown kind means everything, a wrong page number the nearest page."""
    if not q:
        return Found(q=q)
    kind = kind if kind in documents.published() else ""
    engine = engines.current()
    if engine is not None:
        try:
            return _from_engine(engine, q, kind, page, locale)
        except EngineUnavailable:
            pass
    return _from_database(q, page, locale)


def _from_engine(engine: Engine, q: str, kind: str, page: str, locale: str) -> Found:
    everything = finding.find(engine, q, SearchQuery(locale=locale, kinds=documents.published(), limit=0))
    asked = SearchQuery(locale=locale, kinds=documents.published(), words=everything.words, limit=0)
    counts = {name: engine.search(replace(asked, kinds=(name,))).count for name in documents.published()}
    count = counts[kind] if kind else sum(counts.values())
    pager = _pager(count, page)
    asked = replace(
        asked, kinds=(kind,) if kind else asked.kinds, offset=(pager.number - 1) * PAGE_SIZE, limit=PAGE_SIZE
    )
    shown = engine.search(asked)
    corrected = finding.respelled(everything.words, shown)
    return Found(
        q=q,
        meant=corrected or q,
        kind=kind,
        count=count,
        rows=[_row(hit, asked.offset + n) for n, hit in enumerate(shown.hits, 1)],
        tabs=_tabs(q, kind, counts),
        page_obj=pager,
        notices=_notices(q, sum(counts.values()), replace(everything, corrected=corrected)),
        offers=() if any(counts.values()) else tuple(_offers(engine, q, locale)),
    )


def _notices(q: str, count: int, found: finding.Found) -> tuple[str, ...]:
    said = []
    if found.corrected:
        values = {"typed": q, "count": wording.number(count), "meant": found.corrected}
        said.append(_("Nothing for “%(typed)s”; showing %(count)s for “%(meant)s”.") % values)
    if found.ignored and count:
        sentence = ngettext(
            "Nothing here has the word %(words)s; searched without it.",
            "Nothing here has the words %(words)s; searched without them.",
            len(found.ignored),
        )
        said.append(sentence % {"words": ", ".join(f"“{word}”" for word in found.ignored)})
    if found.loosened:
        said.append(_("Nothing has all these words; showing what has most of them."))
    return tuple(said)


def _offers(engine: Engine, q: str, locale: str) -> Iterator[Offer]:
    """What would be found without one of the words, as they are typed."""
    words = q.split()
    for position, word in enumerate(words[:_MOST_WORDS] if len(words) > 1 else []):
        rest = " ".join([*words[:position], *words[position + 1 :]])
        found = finding.find(engine, rest, SearchQuery(locale=locale, kinds=documents.published(), limit=0))
        if found.result.count and not (found.corrected or found.ignored or found.loosened):
            yield Offer(word, rest, found.result.count)


def _from_database(q: str, page: str, locale: str) -> Found:
    """Without an engine: projects only, as the list of projects finds them, and the page says so."""
    number = int(page) if page.isascii() and page.isdigit() else 1
    results = search_projects(ProjectQuery(q=q, locale=locale, page=max(1, min(number, 9999)), page_size=PAGE_SIZE))
    return Found(
        q=q,
        meant=q,
        count=results.count,
        rows=[
            Row(
                (results.page - 1) * PAGE_SIZE + number,
                str(_ONE[DocumentKind.PROJECT]),
                escape(hit.title),
                mark_safe(hit.highlight) or escape(hit.summary),
                hit.url,
            )
            for number, hit in enumerate(results.hits, 1)
        ],
        page_obj=_pager(results.count, str(results.page)),
        note=_("Only projects are searched now, straight from the database; pages are not."),
    )


def _pager(count: int, page: str) -> Page:
    return Paginator(range(count), PAGE_SIZE).get_page(page)


def _row(hit: Hit, position: int) -> Row:
    text = hit.marked_text or escape(hit.summary)
    return Row(position, str(_ONE[hit.kind]), hit.marked_title, text, hit.url, hit.id)


def _tabs(q: str, kind: str, counts: dict[str, int]) -> list[dict[str, Any]]:
    everything = {"label": _("Everything"), "url": f"?{urlencode({'q': q})}", "is_current": not kind}
    return [
        everything | {"count": sum(counts.values())},
        *(
            {
                "label": str(_MANY[name]),
                "url": f"?{urlencode({'q': q, 'kind': name})}",
                "is_current": name == kind,
                "count": count,
            }
            for name, count in counts.items()
        ),
    ]
