"""The documents of the index: one source for each kind.

A source reads objects from the database and makes their documents. An object that should not be found (a draft, a
withdrawn project) makes none, and so leaves the index.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings

from search.engines.base import Document, Kind


@dataclass(frozen=True)
class Source:
    """`all_ids` lists the objects that may have documents; `build` makes the documents of some, in few queries."""

    kind: str
    all_ids: Callable[[], Sequence[int]]
    build: Callable[[Sequence[int]], Iterable[Document]]


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Let objects of one more kind be found. Called when the app is ready."""
    _sources[source.kind] = source


def kinds() -> tuple[str, ...]:
    """The kinds that have a source."""
    return tuple(_sources)


def published() -> tuple[str, ...]:
    """The kinds that the search of the whole site lists, those that have a source."""
    return tuple(kind for kind in Kind.PUBLISHED if kind in _sources)


def locales() -> tuple[str, ...]:
    """The languages that documents may have."""
    return tuple(code for code, _ in settings.LANGUAGES)


def all_ids(kind: str) -> list[int]:
    """The objects of one kind that may have documents."""
    return list(_sources[kind].all_ids())


def build(kind: str, object_ids: Sequence[int]) -> Iterable[Document]:
    """The documents of some objects of one kind; none for a kind that has no source (any more)."""
    source = _sources.get(kind)
    return source.build(object_ids) if source else ()
