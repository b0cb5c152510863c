"""The engines that are measured, each with its baseline: the same question answered without our work."""

# ruff: noqa: PLC0415 - Django has to be set up before its models can be imported.
from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import urllib3

from bench.search.documents import TODAY
from bench.search.queries import FACETS, Asked

if TYPE_CHECKING:
    from search.engines.base import Engine, SearchQuery

PAGE = 20


@dataclass(frozen=True)
class Side:
    """An engine, and how its baseline answers one question. Both are given a question before the clock starts."""

    engine: Engine
    baseline: str
    answer: Callable[[Asked], Callable[[], object]]


def query_of(asked: Asked) -> SearchQuery:
    """The question as a page of the list asks it, with three facets."""
    from search.engines.base import SearchQuery

    return SearchQuery(
        locale=asked.locale, filters=asked.filters, ranges=asked.ranges, facets=FACETS, limit=PAGE, today=TODAY
    )


def found(engine: Engine, asked: Asked) -> Any:
    """What a page does: understand, find, count, mark."""
    from search.finding import find

    return find(engine, asked.text, query_of(asked))


@contextmanager
def embedded() -> Iterator[Side]:
    """SQLite FTS5, against a scan with LIKE over the same folded texts: the page and the count, unranked."""
    from django.db import connection

    from core.text import words
    from search.engines import sqlite_schema
    from search.engines.sqlite_fts import SqliteEngine

    def scan(asked: Asked) -> Callable[[], object]:
        wanted = words(asked.text)
        where = " AND ".join(["(title || ' ' || names || ' ' || summary || ' ' || body) LIKE %s"] * len(wanted)) or "1"
        sql = f"SELECT rowid FROM {sqlite_schema.WORDS} WHERE {where}"  # noqa: S608 - constants
        parameters = [f"%{word}%" for word in wanted]

        def answer() -> object:
            with connection.cursor() as cursor:
                cursor.execute(sql, parameters)
                return cursor.fetchall()

        return answer

    yield Side(SqliteEngine(), "LIKE scan", scan)


@contextmanager
def elasticsearch() -> Iterator[Side]:
    """Elasticsearch, against the body of the same search sent straight to the server.

    In the index of the bench the texts are fields that are not indexed but known as texts, in place of fields that
    only the answer shows: that is what the server's own plain highlighter needs. It marks words as they are written,
    without folding them. Nothing else differs.
    """
    from search.engines import elastic_mapping, elastic_query
    from search.engines.elastic_engine import ElasticEngine

    def mapping(made: Callable[[], dict[str, Any]] = elastic_mapping.mapping) -> dict[str, Any]:
        fields = made()
        shown = {"type": "text", "index": False, "analyzer": "standard"}
        fields["properties"] |= dict.fromkeys(("title", "summary", "names", "body"), shown)
        return fields

    url, prefix = os.environ["ELASTICSEARCH_URL"], f"bench-search-{secrets.token_hex(4)}"
    engine = ElasticEngine(url, prefix, timeout=30)
    pool = urllib3.PoolManager()
    whole, piece = {"number_of_fragments": 0}, {"fragment_size": 200, "number_of_fragments": 1}
    marks = {
        "type": "plain",
        "require_field_match": False,
        "fields": {"title": whole, "summary": piece, "names": piece, "body": piece},
    }

    def raw(asked: Asked) -> Callable[[], object]:
        understood = replace(query_of(asked), words=found(engine, asked).words)
        body = elastic_query.searched(understood)[0:PAGE].to_dict()
        sent = json.dumps({**body, "highlight": marks} if understood.words else body).encode()

        def answer() -> object:
            got = pool.request(
                "POST", f"{url}/{prefix}/_search", body=sent, headers={"Content-Type": "application/json"}
            )
            if got.status != 200:
                raise RuntimeError(got.data[:500])
            return json.loads(got.data)

        return answer

    with patch.object(elastic_mapping, "mapping", mapping):
        elastic_mapping.form.cache_clear()
        try:
            yield Side(engine, "the same body, raw", raw)
        finally:
            engine.drop()
            elastic_mapping.form.cache_clear()


SIDES = {"sqlite": embedded, "elasticsearch": elasticsearch}
