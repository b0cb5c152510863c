"""The list of projects that call for investment: one query, several engines, one answer.

The search app registers a faster engine; without one, or while it is down, the database answers. The words of a
project (title, summary, address of its page) belong to a layer above, which registers how to read them.
"""

from collections.abc import Callable
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
    "facets_from",
    "hits_for",
    "marked",
    "register_backend",
    "register_words",
    "search_projects",
    "suggest",
    "words_for",
]

SearchBackend = Callable[[ProjectQuery], ProjectResults]
SuggestBackend = Callable[[str, int, str], list[Suggestion]]

_search_backend: SearchBackend | None = None
_suggest_backend: SuggestBackend | None = None


def register_backend(search: SearchBackend, suggest: SuggestBackend | None = None) -> None:
    """Let `search` (and `suggest`) answer from now on.

    They raise EngineUnavailable when they cannot, and NoEngine when none was chosen.
    """
    global _search_backend, _suggest_backend
    _search_backend, _suggest_backend = search, suggest


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
