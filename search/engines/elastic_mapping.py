"""The index in Elasticsearch: its names, settings and fields, and a document as one of its rows.

`words` holds the keys of all texts, each text as often as its field counts (`ranking.FIELDS`). So one plain BM25 score
of this field weighs the fields within the score, as FTS5 does: a word in the title counts more, a word in two fields
not twice, and how rare a word or a phrase is does not depend on the field it stands in. It is one list of positions
to read instead of four. `title_keys` and `names_keys` are for suggestions while a name is being typed, and for what
is similar. The texts themselves are only kept for showing.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
import secrets
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from core.text import fold
from search import ranking
from search.engines.base import PUBLIC, Document
from search.engines.hits import SHOWN
from search.words.keys import folded_words, marked_words

FORM = 1  # raise it when the same texts make other rows, for instance because words have other keys

WORDS = "words"
MARKED = "marked"
PUBLIC_WORDS = "public_words"  # every key of a document that everybody may find: for repairing a mistyped word
TITLE_EXACT = "title_exact"
NAMING = {f"{name}_keys": weight for name, weight in ranking.NAMING.items()}
# Deeper pages are empty. What is sorted at once is never more than there are documents, whatever is asked.
MOST_RESULTS = 1_000_000

_K1 = 1.2  # how soon the further occurrences of a word count less in FTS5, in units of the weights of the fields
_B = 0.75
# Longer than any title or value; a keyword of more than 32,766 bytes would be refused.
_LONGEST = 1_000
# Between two texts, so that no phrase reaches from one into the next.
_GAP = 100


def settings(replicas: int, *, building: bool) -> dict[str, Any]:
    """Settings of an index. One shard, so that rareness is counted over all documents."""
    return {
        "number_of_shards": 1,
        "number_of_replicas": 0 if building else replicas,
        "refresh_interval": "-1" if building else "1s",
        "gc_deletes": "1h",  # how long the versions of removed documents are remembered
        "max_result_window": MOST_RESULTS,
        "max_terms_count": 1_000_000,
        "similarity": {"weighed": {"type": "BM25", "k1": round(_K1 / _unit(), 4), "b": _B}},
    }


def mapping() -> dict[str, Any]:
    """The fields of an index."""
    keyword = {"type": "keyword"}
    plain = {"type": "text", "analyzer": "whitespace", "index_options": "docs", "norms": False}
    named = {"type": "text", "analyzer": "whitespace", "index_prefixes": {"min_chars": 1, "max_chars": 8}}
    return {
        "dynamic": "strict",
        "_source": {"includes": list(SHOWN)},
        "dynamic_templates": [
            {"values": {"path_match": "values.*", "mapping": keyword}},
            {"numbers": {"path_match": "numbers.*", "mapping": {"type": "double"}}},
        ],
        "properties": {
            "kind": keyword,
            "object_id": {"type": "long"},
            "locale": keyword,
            **{
                name: {"type": "object", "enabled": False}
                for name in ("id", "title", "summary", "url", "names", "body")
            },
            WORDS: {
                "type": "text",
                "analyzer": "whitespace",
                "similarity": "weighed",
                "position_increment_gap": _GAP,
            },
            **dict.fromkeys(NAMING, named),
            MARKED: plain,
            PUBLIC_WORDS: plain,
            TITLE_EXACT: {"type": "keyword", "doc_values": False},
            "sort_name": {"type": "keyword", "index": False},
            "values": {"type": "object", "dynamic": True},
            "numbers": {"type": "object", "dynamic": True},
            "audience": keyword,
            "factor": {"type": "double", "index": False},
            "own": {"type": "boolean"},
            "fresh_until": {"type": "date", "format": "strict_date"},
        },
    }


def row(document: Document) -> dict[str, Any]:
    """A document as Elasticsearch gets it: originals to show, keys to find it by."""
    texts = {name: storable(getattr(document, name)) for name in ranking.FIELDS}
    keys = {name: folded_words(text) for name, text in texts.items()}
    return {
        "id": document.id,
        "kind": document.kind,
        "object_id": document.object_id,
        "locale": document.locale,
        **texts,
        "url": storable(document.url),
        WORDS: [text for name, text in keys.items() if text for _ in range(_times(name))],
        **{f"{name}_keys": keys[name] for name in ranking.NAMING},
        MARKED: marked_words("\n".join(texts.values())),
        PUBLIC_WORDS: " ".join(dict.fromkeys(" ".join(keys.values()).split())) if PUBLIC in document.audience else "",
        TITLE_EXACT: exact(keys["title"]),
        "sort_name": fold(texts["title"])[:_LONGEST],
        "values": {name: [value_key(value) for value in values] for name, values in document.values.items()},
        "numbers": {name: number for name, number in document.numbers.items() if math.isfinite(number)},
        "audience": list(document.audience),
        "factor": ranking.factor(document.weight, aged=False),
        "own": document.own,
        "fresh_until": document.fresh_until,
    }


def _unit() -> float:
    """The weight of one occurrence in `words`."""
    return min(ranking.FIELDS.values())


def _times(name: str) -> int:
    """How often the keys of a text stand in `words`."""
    return max(1, round(ranking.FIELDS[name] / _unit()))


def in_units_of_words(points: float) -> float:
    """Points in units of FTS5's score as points in units of the score of `words`.

    Both are rareness times saturation times k1 + 1; the k1 of `words` is larger where the weights are small.
    """
    return points * (_K1 / _unit() + 1) / (_K1 + 1)


def marked_boost() -> float:
    """What a word with its marks adds, as a column of this weight adds it in FTS5, where fields count within BM25."""
    return in_units_of_words(ranking.MARKED * (_K1 + 1) / (ranking.MARKED + _K1))


def storable(text: str) -> str:
    """The text without what cannot be encoded: lone surrogates."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def exact(keys: str) -> str:
    """The keys of a title as they are compared as a whole."""
    return keys[:_LONGEST]


def value_key(value: str) -> str:
    """The value of a filter as it is compared."""
    return storable(value[:_LONGEST])


@lru_cache(maxsize=1)
def form() -> str:
    """A hash of everything that a row depends on: where it differs, the index has to be built again."""
    weights = (ranking.FIELDS, ranking.NAMING, ranking.INCOMPLETE)
    facts = json.dumps([FORM, mapping(), settings(0, building=False), weights], sort_keys=True)
    return hashlib.sha256(facts.encode()).hexdigest()[:10]


class Names:
    """The names of one installation's indexes and aliases.

    `used` and `building` are aliases, one index each. An index has an alias of its own to be written through: it
    vanishes with the index, and then a late write fails instead of making a new index.
    """

    def __init__(self, prefix: str) -> None:
        self.used = prefix
        self.building = f"{prefix}-building"
        self.pattern = f"{prefix}-*"
        self._index = re.compile(rf"{re.escape(prefix)}-(?P<form>[0-9a-f]{{10}})-\d{{14}}-[0-9a-f]{{6}}")

    def new(self) -> str:
        """A name for a new index: the form of its rows, and when it was begun."""
        return f"{self.used}-{form()}-{datetime.now(UTC):%Y%m%d%H%M%S}-{secrets.token_hex(3)}"

    def form_of(self, index: str) -> str | None:
        """The form of an index's rows; None for an index that is not ours."""
        found = self._index.fullmatch(index)
        return found["form"] if found else None

    def writing(self, index: str) -> str:
        """The alias that an index is written through."""
        return f"{index}.write"
