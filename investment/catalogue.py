"""The list of projects that call for investment: one query, several engines, one answer.

The search app registers a faster engine; without one, or while it is down, the database answers. The words of a
project (title, summary, address of its page) belong to a layer above, which registers how to read them.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from investment import database_backend
from investment.project_query import (
    MAX_PAGE_SIZE,
    SORTS,
    EngineUnavailable,
    Facet,
    NoEngine,
    ProjectHit,
    ProjectQuery,
    ProjectResults,
    ProjectWords,
    Suggestion,
    facets_from,
    hits_for,
    marked,
    register_words,
    words_for,
)

__all__ = [
    "MAX_PAGE_SIZE",
    "SORTS",
    "EngineUnavailable",
    "Facet",
    "NoEngine",
    "ProjectHit",
    "ProjectQuery",
    "ProjectResults",
    "ProjectWords",
    "Suggestion",
    "count_search",
    "facets_from",
    "hits_for",
    "marked",
    "register_backend",
    "register_counter",
    "register_words",
    "scan_projects",
    "search_projects",
    "suggest",
    "words_for",
]

SearchBackend = Callable[[ProjectQuery], ProjectResults]
SuggestBackend = Callable[[str, int, str], list[Suggestion]]
ScanBackend = Callable[[ProjectQuery], Iterable[int]]
SearchCounter = Callable[[ProjectQuery, ProjectResults], None]

_LOADED = 500  # projects read at a time
_search_backend: SearchBackend | None = None
_suggest_backend: SuggestBackend | None = None
_scan_backend: ScanBackend | None = None
_search_counter: SearchCounter | None = None


def register_backend(
    search: SearchBackend, suggest: SuggestBackend | None = None, scan: ScanBackend | None = None
) -> None:
    """Let `search` (and `suggest` and `scan`) answer from now on.

    They raise EngineUnavailable when they cannot, and NoEngine when none was chosen. `scan` gives the ids of all
    projects of a list in its order.
    """
    global _search_backend, _suggest_backend, _scan_backend
    _search_backend, _suggest_backend, _scan_backend = search, suggest, scan


def register_counter(counter: SearchCounter) -> None:
    """Let `counter` count, from now on, what people search for on the page of the list. It never raises."""
    global _search_counter
    _search_counter = counter


def count_search(query: ProjectQuery, results: ProjectResults) -> None:
    """Count a search that a person made on a page. Programs, exports and the map are not counted."""
    if _search_counter is not None:
        _search_counter(query, results)


def search_projects(query: ProjectQuery) -> ProjectResults:
    """Answer `query` with the registered engine, or from the database when there is none or it is down."""
    if _search_backend is None:
        return database_backend.search(query)
    try:
        return _search_backend(query)
    except NoEngine:
        return database_backend.search(query)
    except EngineUnavailable:
        return replace(database_backend.search(query), note=str(database_backend.ENGINE_DOWN))


def suggest(q: str, limit: int = 8, locale: str = "vi") -> list[Suggestion]:
    """Complete what is being typed; the same way with and without an engine."""
    if _suggest_backend is not None:
        try:
            return _suggest_backend(q, limit, locale)
        except EngineUnavailable:
            pass
    return database_backend.suggest(q, limit, locale)


def scan_projects(query: ProjectQuery) -> Iterator[ProjectHit]:
    """Every project of the list in its order, however many; `page` and `page_size` do not matter.

    Which they are is asked first and at once, so an engine that goes away leaves no half of a list; their facts are
    read as they are used, and who left the list in that time is left out.
    """
    ids = _ids(query)
    for start in range(0, len(ids), _LOADED):
        yield from hits_for(database_backend.listed(ids[start : start + _LOADED]), query.locale)


def _ids(query: ProjectQuery) -> list[int]:
    if _search_backend is not None and _scan_backend is not None:  # a file comes from where the list comes from
        try:
            return list(dict.fromkeys(_scan_backend(query)))
        except EngineUnavailable:
            pass
    return database_backend.ids(query)
