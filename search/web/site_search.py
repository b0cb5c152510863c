"""The search page of the whole site: the query, counts of each kind, one page of results."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from investment.catalogue import EngineUnavailable, ProjectQuery, search_projects
from search import documents, engines, finding
from search.engines.base import Engine, Hit, SearchQuery
from search.engines.base import Kind as DocumentKind

PAGE_SIZE = 20

_ONE = {
    DocumentKind.PROJECT: gettext_lazy("Project"),
    DocumentKind.PAGE: gettext_lazy("Page"),
    DocumentKind.ANSWER: gettext_lazy("Answer"),
}
_MANY = {
    DocumentKind.PROJECT: gettext_lazy("Projects"),
    DocumentKind.PAGE: gettext_lazy("Pages"),
    DocumentKind.ANSWER: gettext_lazy("Answers"),
}


@dataclass(frozen=True)
class Row:
    """One result. `title` and `text` are safe HTML."""

    kind: str
    title: str
    text: str
    url: str


@dataclass(frozen=True)
class Found:
    """What the page shows. `note` says when something was done differently than asked."""

    q: str
    kind: str = ""
    count: int = 0
    rows: list[Row] = field(default_factory=list)
    tabs: list[dict[str, Any]] = field(default_factory=list)
    page_obj: Page | None = None
    corrected: str = ""
    ignored: tuple[str, ...] = ()
    loosened: bool = False
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
    return Found(
        q=q,
        kind=kind,
        count=count,
        rows=[_row(hit) for hit in engine.search(asked).hits] if count else [],
        tabs=_tabs(q, kind, counts),
        page_obj=pager,
        corrected=everything.corrected,
        ignored=everything.ignored,
        loosened=everything.loosened,
    )


def _from_database(q: str, page: str, locale: str) -> Found:
    """Without an engine: projects only, as the list of projects finds them, and the page says so."""
    number = int(page) if page.isascii() and page.isdigit() else 1
    results = search_projects(ProjectQuery(q=q, locale=locale, page=max(1, min(number, 9999)), page_size=PAGE_SIZE))
    return Found(
        q=q,
        count=results.count,
        rows=[
            Row(
                str(_ONE[DocumentKind.PROJECT]),
                escape(hit.title),
                mark_safe(hit.highlight) or escape(hit.summary),
                hit.url,
            )
            for hit in results.hits
        ],
        page_obj=_pager(results.count, str(results.page)),
        note=_("Only projects are searched now, straight from the database; pages are not."),
    )


def _pager(count: int, page: str) -> Page:
    return Paginator(range(count), PAGE_SIZE).get_page(page)


def _row(hit: Hit) -> Row:
    return Row(str(_ONE[hit.kind]), hit.marked_title, hit.marked_text or escape(hit.summary), hit.url)


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
