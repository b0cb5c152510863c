"""The documents of the index: one source for each kind.

A source reads objects from the database and makes their documents. An object that should not be found (a draft, a
withdrawn project) makes none, and so leaves the index.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from search.engines.base import Document, Kind


@dataclass(frozen=True)
class Source:
    """`all_ids` lists the objects that may have documents: their keys as a query set, or ids in any order, none
    negative. `build` makes the documents of some, in few queries."""

    kind: str
    all_ids: Callable[[], QuerySet[Any, int] | Sequence[int]]
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
    """The objects of one kind that may have documents, in order."""
    return sorted(_sources[kind].all_ids())


def count(kind: str, *, up_to: int | None = None) -> int:
    """How many objects of one kind may have documents; with `up_to`, those with ids up to this one."""
    ids = _sources[kind].all_ids()
    if isinstance(ids, QuerySet):
        return ids.count() if up_to is None else ids.filter(pk__lte=up_to).count()
    return sum(1 for object_id in ids if up_to is None or object_id <= up_to)


def ids_after(kind: str, last: int, limit: int) -> list[int]:
    """The next ids of one kind above `last`, in order, `limit` at most: for going through very many of them."""
    ids = _sources[kind].all_ids()
    if isinstance(ids, QuerySet):
        return list(ids.filter(pk__gt=last).order_by("pk")[:limit])
    return sorted(object_id for object_id in ids if object_id > last)[:limit]


def build(kind: str, object_ids: Sequence[int]) -> Iterable[Document]:
    """The documents of some objects of one kind; none for a kind that has no source (any more)."""
    source = _sources.get(kind)
    return source.build(object_ids) if source else ()
