"""The interface of a search engine: its documents, queries and answers.

Folding, abbreviations, highlighting and spelling are ours and engine-free, so that every engine sees the same words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from core import clock
from investment.catalogue import EngineUnavailable

__all__ = [
    "FACETS",
    "FILTERS",
    "RANGES",
    "SORTS",
    "Document",
    "Engine",
    "EngineUnavailable",
    "Health",
    "Hit",
    "Kind",
    "Rebuild",
    "SearchQuery",
    "SearchResult",
]

FACETS = ("sector", "province", "form", "status", "capital", "area")  # counted
FILTERS = (*FACETS, "ward")  # exact values, one per document
RANGES = ("capital_vnd", "area_ha")  # VND billion, hectares
SORTS = ("relevance", "confirmed", "capital", "area", "year", "name")


class Kind:
    """The kinds of documents."""

    PROJECT = "project"
    PAGE = "page"
    ANSWER = "answer"
    ALL = (PROJECT, PAGE, ANSWER)


@dataclass(frozen=True)
class Document:
    """One thing that can be found, in one language. Texts are originals: marks, capitals and all.

    `names` are the short facts people search by (code, place, province, sector). `fresh_until` is the last day on
    which the document counts as confirmed; after it the document ranks lower; None never ages.
    """

    kind: str
    object_id: int
    locale: str
    title: str
    summary: str = ""
    body: str = ""
    names: str = ""
    url: str = ""
    values: Mapping[str, str] = field(default_factory=dict)  # by FILTERS
    capital_vnd: float | None = None
    area_ha: float | None = None
    year: int | None = None
    confirmed_on: date | None = None
    fresh_until: date | None = None

    @property
    def id(self) -> str:
        """What the engine knows the document by."""
        return document_id(self.kind, self.object_id, self.locale)


def document_id(kind: str, object_id: int, locale: str) -> str:
    """``project:12:vi``"""
    return f"{kind}:{object_id}:{locale}"


def _today() -> date:
    return clock.now().date()


@dataclass(frozen=True)
class SearchQuery:
    """A query to an engine. Values of one filter are alternatives; both ends of a range are inside.

    `object_ids` restricts the answer to these objects (a saved search asks about what changed); None is everything.
    """

    text: str = ""
    locale: str = "vi"
    kinds: tuple[str, ...] = (Kind.PROJECT,)
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ranges: Mapping[str, tuple[float | None, float | None]] = field(default_factory=dict)
    object_ids: tuple[int, ...] | None = None
    sort: str = "relevance"
    offset: int = 0
    limit: int = 20
    with_facets: bool = False
    today: date = field(default_factory=_today)

    def chosen(self, name: str) -> tuple[str, ...]:
        """The values asked for in one filter; nothing means any."""
        return self.filters.get(name, ())


@dataclass(frozen=True)
class Hit:
    """One document found. `title` and `summary` are original texts; `marked_*` are safe HTML with <mark>.

    `marked_text` is the piece of summary, names or body that shows why the document was found, or empty.
    """

    id: str
    kind: str
    object_id: int
    locale: str
    score: float
    title: str
    summary: str
    url: str
    marked_title: str
    marked_text: str


@dataclass(frozen=True)
class SearchResult:
    """A page of hits; `count` is all that match. A facet's counts respect every filter but its own."""

    count: int
    hits: list[Hit] = field(default_factory=list)
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Health:
    """Whether the engine answers, how many documents it has, and a sentence for operators when it does not."""

    name: str
    ok: bool
    documents: int = 0
    problem: str = ""


class Rebuild(Protocol):
    """A new index beside the one in use. Nothing is visible before `finish`; changes in that time reach both."""

    def put(self, documents: Iterable[Document]) -> None:
        """Add a batch. EngineUnavailable when a later rebuild has replaced this one."""

    def finish(self) -> int:
        """Put the new index in the place of the old in one step; returns its number of documents."""

    def abandon(self) -> None:
        """Drop the new index; the one in use stays."""


class Engine(Protocol):
    """A search engine. Every call may raise EngineUnavailable."""

    name: str

    def put(self, documents: Iterable[Document]) -> None:
        """Add documents or replace those with the same id."""

    def remove(self, ids: Iterable[str]) -> None:
        """Forget documents; unknown ids are no error."""

    def search(self, query: SearchQuery) -> SearchResult:
        """Documents that satisfy every term and filter, best first; `count` stays right beyond the last page."""

    def suggest(self, text: str, *, locale: str, kinds: Sequence[str], limit: int) -> list[Hit]:
        """Documents whose title or names hold every word of `text`, the last one possibly unfinished."""

    def similar(self, document_id: str, *, limit: int) -> list[Hit]:
        """Documents of the same kind and language that share the rarest words; none for an unknown id."""

    def known_words(self, prefix: str) -> dict[str, int]:
        """Folded words of the index that begin with `prefix`, each with the number of documents that hold it."""

    def count(self) -> int:
        """The number of documents."""

    def health(self) -> Health:
        """Never raises: a broken engine is reported."""

    def start_rebuild(self) -> Rebuild:
        """Begin a new index beside the one in use. It replaces an unfinished one."""
