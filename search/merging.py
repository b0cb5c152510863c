"""One page of what the engine found together with what only the database knows, exact in order and count."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from search.engines.base import Engine, Hit, SearchQuery
from search.finding import Found, find


@dataclass(frozen=True)
class Page:
    """The objects of one page in their order; `hits` are those of them that the engine found, by object."""

    count: int
    ids: list[int]
    hits: Mapping[int, Hit] = field(default_factory=dict)
    found: Found | None = None


def merged(
    engine: Engine, text: str, asked: SearchQuery, *, front: Sequence[int] = (), left_out: Collection[int] = ()
) -> Page:
    """The page that `asked` is about: first the objects `front`, then what the engine finds, without `left_out`.

    Where the engine has nothing with all the words, and the database has, only that is the answer.
    """
    found = find(engine, text, asked)
    if not front and not left_out:
        hits = found.result.hits
        return Page(found.result.count, [hit.object_id for hit in hits], {hit.object_id: hit for hit in hits}, found)
    first = list(front[asked.offset : asked.offset + asked.limit])
    if front and (found.corrected or found.ignored or found.loosened):
        return Page(len(front), first)
    asked = replace(asked, words=found.words, facets=())
    gone = {*front, *left_out}
    count = found.result.count - _count(engine, asked, gone) + len(front)
    skipped, missing = max(0, asked.offset - len(front)), asked.limit - len(first)
    rest = (pk for pk in engine.scan(replace(asked, offset=0)) if pk not in gone) if missing > 0 else iter(())
    ids = [*first, *islice(rest, skipped, skipped + missing)]
    shown = engine.search(replace(asked, object_ids=tuple(ids), offset=0)).hits if ids else []
    return Page(count, ids, {hit.object_id: hit for hit in shown}, found)


def _count(engine: Engine, asked: SearchQuery, among: Collection[int]) -> int:
    """How many of these objects the engine has found."""
    ids = set(among) if asked.object_ids is None else set(among) & set(asked.object_ids)
    return engine.search(replace(asked, object_ids=tuple(sorted(ids)), offset=0, limit=0)).count if ids else 0
