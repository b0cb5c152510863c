"""A document as rows of the tables."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any, NamedTuple

from core.text import fold
from search import ranking
from search.engines.base import PUBLIC, Document
from search.engines.sqlite_schema import EVERY
from search.words.keys import folded_words, marked_words

AUDIENCE = "audience"  # the name under which the groups of readers stand among the values
Packed = tuple[tuple[str, tuple[str, ...]], ...]


class Rows(NamedTuple):
    """One document: a row of each of the first three tables, and its values, numbers and keys."""

    id: str
    version: int
    facts: tuple[Any, ...]
    texts: tuple[str, ...]
    words: tuple[str, ...]
    values: list[tuple[str, str]]
    numbers: list[tuple[str, float]]
    terms: set[str]


def rows_of(document: Document) -> Rows:
    """In the order of the columns of `sqlite_schema`."""
    texts = (document.title, document.names, document.summary, document.body)
    folded = [folded_words(text) for text in texts]
    marked = marked_words("\n".join(texts))
    is_public = PUBLIC in document.audience
    values = [(name, value) for name, listed in document.values.items() for value in dict.fromkeys(listed)]
    return Rows(
        id=document.id,
        version=document.version,
        facts=(
            document.id,
            document.kind,
            document.locale,
            document.object_id,
            document.version,
            int(is_public),
            int(document.own),
            ranking.factor(document.weight, aged=False),
            document.fresh_until and document.fresh_until.isoformat(),
            fold(document.title),
            folded[0],
            json.dumps({name: list(listed) for name, listed in sorted(document.values.items()) if listed}),
        ),
        texts=(document.title, document.summary, document.names, document.url, document.body),
        words=(*folded, f"{marked} {EVERY}"),
        values=values + ([] if is_public else [(AUDIENCE, group) for group in dict.fromkeys(document.audience)]),
        numbers=list(document.numbers.items()),
        terms={term for text in folded for term in text.split() if term.isalpha() and is_public},
    )


@lru_cache(maxsize=20_000)
def unpacked(found: str) -> tuple[tuple[str, ...], ...]:
    """The values of several names, as JSON gives them from the column `facets`; of a name without values none."""
    return tuple(tuple(listed or ()) for listed in json.loads(found))
