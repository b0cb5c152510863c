"""The interface of a search engine: its documents, queries and answers.

Keys, synonyms, understanding a query, ranking values and highlighting are ours and engine-free, so that every engine
sees the same words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from core import clock
from investment.catalogue import EngineUnavailable, NoEngine
from search.query.parsed import Keys, ParsedText

__all__ = [
    "PUBLIC",
    "Document",
    "Engine",
    "EngineUnavailable",
    "Health",
    "Hit",
    "Kind",
    "NoEngine",
    "Rebuild",
    "Scope",
    "SearchQuery",
    "SearchResult",
    "document_id",
]

PUBLIC = "public"  # the audience that everybody belongs to


class Kind:
    """The kinds of documents."""

    PROJECT = "project"
    PAGE = "page"
    ANSWER = "answer"
    PROCEDURE = "procedure"
    AGENCY = "agency"
    PLACE = "place"
    SECTOR = "sector"
    TICKET = "ticket"
    PUBLISHED = (PROJECT, ANSWER, PAGE, PROCEDURE, AGENCY)  # what the search of the whole site lists
    SUGGESTED = (PLACE, SECTOR, PROJECT, AGENCY, PROCEDURE, PAGE)


@dataclass(frozen=True)
class Document:
    """One thing that can be found, in one language. Texts are originals: marks, capitals and all.

    `names` are the short facts people search by (code, place, province, sector). `values` are for filters and facets,
    each may have several; `numbers` for ranges and orders. `audience` are the groups of people who may find it: a
    reader belongs to groups, and one in common is enough. `weight` from 0 to 1 says how complete and current the
    facts are; `own` things of the city stand first in a list without words. `fresh_until` is the last day on which
    the document counts as confirmed; after it the document ranks lower; None never ages. Of two documents with one
    id the engine keeps the higher `version`.
    """

    kind: str
    object_id: int
    locale: str
    title: str
    summary: str = ""
    body: str = ""
    names: str = ""
    url: str = ""
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    numbers: Mapping[str, float] = field(default_factory=dict)
    audience: tuple[str, ...] = (PUBLIC,)
    weight: float = 1.0
    own: bool = False
    fresh_until: date | None = None
    version: int = 0

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
class Scope:
    """Which documents a reader may find at all, whatever they type: language, kinds, and the reader's groups."""

    locale: str = "vi"
    kinds: tuple[str, ...] = (Kind.PROJECT,)
    audience: tuple[str, ...] = (PUBLIC,)


@dataclass(frozen=True)
class SearchQuery(Scope):
    """A query to an engine. Values of one filter are alternatives; both ends of a range are inside.

    A document without the number of a range is outside, unless the range is named in `unknown`.
    `object_ids` restricts the answer to these objects (a saved search asks about what changed); None is everything.
    `sort` is `relevance` or the name of a number, or `name`; documents without that number come last both ways.
    `facets` are the names of values to count.
    """

    words: ParsedText = field(default_factory=ParsedText)
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ranges: Mapping[str, tuple[float | None, float | None]] = field(default_factory=dict)
    unknown: frozenset[str] = frozenset()
    object_ids: tuple[int, ...] | None = None
    sort: str = "relevance"
    descending: bool = True
    offset: int = 0
    limit: int = 20
    facets: tuple[str, ...] = ()
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
    """A page of hits; `count` is all that match. A facet's counts respect every filter but its own; a document with
    several values counts under each."""

    count: int
    hits: list[Hit] = field(default_factory=list)
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Health:
    """Whether the engine answers, how many documents it has, and a sentence for operators when something is wrong.

    `stale`: there is no index, or it was made in another form: only a rebuild helps. `waiting` changes are not in the
    index yet, the oldest for `lag_seconds`; `search.health` fills these in, since no engine knows them.
    """

    name: str
    ok: bool
    documents: int = 0
    problem: str = ""
    stale: bool = False
    waiting: int = 0
    lag_seconds: float = 0.0


class Rebuild(Protocol):
    """A new index beside the one in use. Nothing is visible before `finish`; changes in that time reach both."""

    name: str

    def put(self, documents: Iterable[Document]) -> None:
        """Add a batch. EngineUnavailable when a later rebuild has replaced this one."""

    def finish(self) -> int:
        """Put the new index in the place of the old in one step; returns its number of documents."""

    def abandon(self) -> None:
        """Drop the new index; the one in use stays."""


class Engine(Protocol):
    """A search engine. Every call may raise EngineUnavailable, and none takes longer than its time limit."""

    name: str

    def put(self, documents: Iterable[Document]) -> None:
        """Add documents or replace those with the same id; one with a lower version than the engine has is ignored."""

    def remove(self, ids: Iterable[str], version: int = 0) -> None:
        """Forget documents; unknown ids are no error. A document put later with a lower version stays away."""

    def search(self, query: SearchQuery) -> SearchResult:
        """Documents that satisfy the words and every filter, best first; `count` stays right beyond the last page."""

    def suggest(self, query: SearchQuery) -> list[Hit]:
        """Documents whose title or names hold the words of the query, the last one possibly unfinished."""

    def similar(self, document_id: str, *, limit: int) -> list[Hit]:
        """Public documents of the same kind and language that share the rarest words; none for an unknown id."""

    def scan(self, query: SearchQuery) -> Iterator[int]:
        """The objects of all documents that satisfy the query, in its order, however many; a stream."""

    def known(self, runs: Iterable[Keys], scope: Scope) -> set[Keys]:
        """Of these runs of keys those that stand side by side in some document of the scope."""

    def near(self, word: str, scope: Scope) -> list[str]:
        """Keys of public documents spelled nearly like this one (two letters apart at most), nearest first."""

    def count(self) -> int:
        """The number of documents."""

    def health(self) -> Health:
        """Never raises: a broken engine is reported."""

    def start_rebuild(self) -> Rebuild:
        """Begin a new index beside the one in use. It replaces an unfinished one."""

    def resume_rebuild(self, name: str) -> Rebuild | None:
        """The unfinished index of this name, if it is still there and its documents have the present form."""
