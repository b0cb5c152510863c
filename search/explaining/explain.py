"""Asks the engine as a page does, and explains its answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from search import documents
from search.engines.base import PUBLIC, Document, Engine, Hit, SearchQuery, document_id
from search.explaining.reasons import Reason, reason
from search.explaining.understood import Understood, understood
from search.finding import find
from search.query.parsed import ParsedText
from search.words import groups

_MOST_DIGITS = 19
_LARGEST_ID = 2**63 - 1  # that every database can hold


@dataclass(frozen=True)
class ExplainedHit:
    """One document and why it is there. `position` counts from 1 and is None below the explained hits.

    `found` is False for a document that was asked about and is not found: its parts say what it lacks. `reason` is
    None for a document that has gone since it was written to the index.
    """

    document: str
    kind: str
    title: str
    url: str
    score: float
    reason: Reason | None
    position: int | None = None
    found: bool = True


@dataclass(frozen=True)
class Explanation:
    """The answer to a text and its reasons. `about` is the document that was asked about, if any."""

    engine: str
    locale: str
    kinds: tuple[str, ...]
    count: int
    understood: Understood
    hits: tuple[ExplainedHit, ...]
    about: ExplainedHit | None = None


def explain(engine: Engine, text: str, query: SearchQuery, *, about: str = "") -> Explanation:
    """How `text` is understood and why the first hits of `query` are found; of `about`, the id of a document, too.

    Only what everybody may find is explained. Raises EngineUnavailable.
    """
    public = replace(query, audience=(PUBLIC,))
    found = find(engine, text, public)
    read = understood(text, found, groups.load())
    hits = found.result.hits
    object_id = _object_of(about, public)
    asked = _asked(engine, public, found.words, about, object_id) if object_id is not None else None
    there = _documents([*hits, *([asked] if asked else [])], about, object_id, public.locale)

    def one(hit: Hit, position: int | None) -> ExplainedHit:
        document = there.get(hit.id)
        why = reason(document, found.words, read.parts, public.today) if document else None
        return ExplainedHit(hit.id, hit.kind, hit.title, hit.url, hit.score, why, position)

    explained = tuple(one(hit, query.offset + number) for number, hit in enumerate(hits, 1))
    return Explanation(
        engine=engine.name,
        locale=public.locale,
        kinds=public.kinds,
        count=found.result.count,
        understood=read,
        hits=explained,
        about=next((hit for hit in explained if hit.document == about), None)
        or (one(asked, None) if asked else _missing(there.get(about), found.words, read, public)),
    )


def _object_of(about: str, query: SearchQuery) -> int | None:
    """The number of the object, if `about` is a document that the query may find."""
    kind, _, rest = about.partition(":")
    number, _, locale = rest.partition(":")
    if kind not in query.kinds or locale != query.locale:
        return None
    good = number.isascii() and number.isdigit() and len(number) <= _MOST_DIGITS and int(number) <= _LARGEST_ID
    return int(number) if good else None


def _asked(engine: Engine, query: SearchQuery, words: ParsedText, about: str, object_id: int) -> Hit | None:
    """The document as a hit of the same query, however far down."""
    kind = about.partition(":")[0]
    unfindable = words.unfindable or not words
    one = replace(query, words=replace(words, unfindable=unfindable), kinds=(kind,), object_ids=(object_id,))
    hits = engine.search(replace(one, offset=0, limit=1, facets=())).hits
    return hits[0] if hits else None


def _documents(hits: Iterable[Hit], about: str, object_id: int | None, locale: str) -> dict[str, Document]:
    """The documents as they would be written now, by id; a few queries for each kind."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for hit in hits:
        wanted[hit.kind].add(hit.object_id)
    if object_id is not None:
        wanted[about.partition(":")[0]].add(object_id)
    return {
        document_id(document.kind, document.object_id, document.locale): document
        for kind, ids in wanted.items()
        for document in documents.build(kind, sorted(ids))
        if document.locale == locale and PUBLIC in document.audience
    }


def _missing(document: Document | None, words: ParsedText, read: Understood, query: SearchQuery) -> ExplainedHit | None:
    """A document that is not found, with what it has and lacks."""
    if document is None:
        return None
    why = reason(document, words, read.parts, query.today)
    return ExplainedHit(document.id, document.kind, document.title, document.url, 0.0, why, found=False)
