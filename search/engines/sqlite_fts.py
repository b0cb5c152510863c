"""SQLite FTS5 as a search engine, inside the database itself: what it answers is never behind its own connection."""

# ruff: noqa: S608 - names of tables and columns are constants of ours; every value is a parameter.
from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connections
from rapidfuzz import process
from rapidfuzz.distance import OSA

from search import ranking
from search.engines import sqlite_schema as schema
from search.engines.base import Document, EngineUnavailable, Health, Hit, Scope, SearchQuery, SearchResult
from search.engines.hits import SHOWN, hit
from search.engines.rebuild import StoreRebuild
from search.engines.sqlite_match import BY_NAME, match, match_any, match_needed, match_run
from search.engines.sqlite_rows import unpacked
from search.engines.sqlite_store import SqliteStore
from search.engines.sqlite_where import Conditions, conditions, order, score, within
from search.facets import roll_up
from search.query.parsed import Keys, ParsedText
from search.words.keys import keys_of

_JOINED = f"{schema.WORDS} JOIN {schema.DOCUMENTS} d ON d.rowid = {schema.WORDS}.rowid"
_ALONE = f"{schema.DOCUMENTS} d"
_SHOWN = f"{_ALONE} JOIN {schema.TEXTS} t ON t.rowid = d.rowid"
_SIMILAR_BY = 8  # rare words that decide what is similar; more only slow it down
_NEAR = 20
_STEPS = 10_000  # of SQLite's virtual machine between two looks at the clock
_SCANNED = 1_000  # rows fetched at a time

Scored = list[tuple[int, float]]


class SqliteEngine:
    """Keeps and finds documents in the tables of `sqlite_schema` of one database."""

    name = "sqlite-fts5"

    def __init__(self, using: str = "default") -> None:
        self._using = using
        self._store = SqliteStore(using)

    def put(self, documents: Iterable[Document]) -> None:
        """Add documents or replace those with the same id, in the index in use and in one being built."""
        with _available():
            self._store.put(documents)

    def remove(self, ids: Iterable[str], version: int = 0) -> None:
        """Forget documents; unknown ids are no error."""
        with _available():
            self._store.remove(ids, version)

    def start_rebuild(self) -> StoreRebuild:
        """Begin a new index beside the one in use, in place of an unfinished one."""
        with _available():
            return self._store.start_rebuild()

    def resume_rebuild(self, name: str) -> StoreRebuild | None:
        """The unfinished index of this name, if it is there and of the present form."""
        with _available():
            return self._store.resume_rebuild(name)

    def search(self, query: SearchQuery) -> SearchResult:
        """Two queries without facets, three with: count or groups, ranked rowids, the rows themselves."""
        if query.words.unfindable:
            return SearchResult(count=0, facets={name: dict.fromkeys(query.chosen(name), 0) for name in query.facets})
        with self._in_time():
            count, facets = self._grouped(query) if query.facets else (self._counted(query), {})
            scored = self._ranked(query) if query.offset < count and query.limit else []
            return SearchResult(count=count, hits=self._hits(scored, query.words), facets=facets)

    def suggest(self, query: SearchQuery) -> list[Hit]:
        """Documents whose title or names hold the words, the last one possibly unfinished."""
        if not query.words:
            return []
        with self._in_time():
            matching = match(query.words, BY_NAME)
            return self._hits(self._matching(query, matching, ranking.NAMING), query.words)

    def similar(self, document_id: str, *, limit: int) -> list[Hit]:
        """Documents of the same kind and language that share the rarest words of this one."""
        with self._in_time():
            rows = self._rows(
                f"SELECT d.rowid, kind, locale, title, names FROM {_SHOWN} WHERE id = %s AND d.is_public", [document_id]
            )
            if not rows:
                return []
            rowid, kind, locale, *texts = rows[0]
            rare = self._rarest({word for text in texts for word in keys_of(text) if word.isalpha()})
            query = SearchQuery(locale=locale, kinds=(kind,), limit=limit + 1)
            scored = self._matching(query, match_any(rare), ranking.FIELDS) if rare else []
            return self._hits([pair for pair in scored if pair[0] != rowid][:limit], ParsedText())

    def scan(self, query: SearchQuery) -> Iterator[int]:
        """The objects of all documents that satisfy the query, in its order, a piece at a time."""
        if query.words.unfindable:
            return
        offset = 0
        while True:
            piece = replace(query, offset=offset, limit=_SCANNED)
            with self._in_time():
                scored = self._ranked(piece)
                where = Conditions()
                where.one_of("d.rowid", [rowid for rowid, _ in scored])
                ids = dict(self._rows(f"SELECT d.rowid, d.object_id FROM {_ALONE} WHERE {where.sql}", where.parameters))
            yield from (ids[rowid] for rowid, _ in scored if rowid in ids)
            if len(scored) < _SCANNED:
                return
            offset += _SCANNED

    def known(self, runs: Iterable[Keys], scope: Scope) -> set[Keys]:
        """Of these runs of keys those that stand side by side in some document of the scope; one query."""
        asked = [run for run in dict.fromkeys(runs) if run]
        if not asked:
            return set()
        where = within(scope)
        sql = (
            f"SELECT j.key FROM json_each(%s) j WHERE EXISTS (SELECT 1 FROM {_JOINED} "
            f"WHERE {schema.WORDS} MATCH j.value AND {where.sql})"
        )
        parameters = [json.dumps([match_run(run) for run in asked]), *where.parameters]
        with self._in_time():
            return {asked[row[0]] for row in self._rows(sql, parameters)}

    def near(self, word: str, scope: Scope) -> list[str]:
        """Keys that differ from this one by two letters at most, from the list of all keys of public documents."""
        with self._in_time():
            rows = self._rows(
                f"SELECT term FROM {schema.TERMS} WHERE length(term) BETWEEN %s AND %s", [len(word) - 2, len(word) + 2]
            )
        found = process.extract(word, [row[0] for row in rows], scorer=OSA.distance, score_cutoff=2, limit=_NEAR)
        return [term for term, _, _ in found if term != word]

    def count(self) -> int:
        """The number of documents."""
        with _available():
            return int(self._rows(f"SELECT count(*) FROM {schema.DOCUMENTS}", [])[0][0])

    def health(self) -> Health:
        """Whether the tables are there, in the present form, and answer."""
        try:
            with _available():
                form = self._store.form()
            if form is None:
                return Health(self.name, ok=False, problem="There is no index yet: run search_rebuild.", stale=True)
            old = "" if form == schema.form() else "The index has an older form: run search_rebuild."
            return Health(self.name, ok=True, documents=self.count(), problem=old, stale=bool(old))
        except EngineUnavailable as error:
            return Health(self.name, ok=False, problem=str(error))

    @contextmanager
    def _in_time(self) -> Iterator[None]:
        """Ends what takes longer than the time limit of a search, as EngineUnavailable."""
        with _available():
            connections[self._using].ensure_connection()
            connection = connections[self._using].connection
            until = time.monotonic() + settings.SEARCH_TIMEOUT
            connection.set_progress_handler(lambda: time.monotonic() > until, _STEPS)
            try:
                yield
            finally:
                connection.set_progress_handler(None, _STEPS)

    def _rows(self, sql: str, parameters: Sequence[Any]) -> list[Any]:
        with connections[self._using].cursor() as cursor:
            cursor.execute(sql, parameters)
            return cursor.fetchall()

    def _counted(self, query: SearchQuery) -> int:
        where = conditions(query, without_facets=False)
        return int(self._rows(f"SELECT count(*) FROM {_from(where, query)} WHERE {where.sql}", where.parameters)[0][0])

    def _grouped(self, query: SearchQuery) -> tuple[int, dict[str, dict[str, int]]]:
        where = conditions(query, without_facets=True)
        # Only the facets asked for: groups by all values would be nearly as many as documents. Of two paths at least
        # json_extract makes an array.
        paths = [f'$."{name}"' for name in (*query.facets, query.facets[0])]
        rows = self._rows(
            f"SELECT json_extract(d.facets, {', '.join(['%s'] * len(paths))}) AS found, count(*) "
            f"FROM {_from(where, query)} WHERE {where.sql} GROUP BY found",
            [*paths, *where.parameters],
        )
        groups = ((dict(zip(query.facets, unpacked(found), strict=False)), n) for found, n in rows)
        return roll_up(groups, query.facets, query.filters)

    def _ranked(self, query: SearchQuery) -> Scored:
        if query.words:
            return self._matching(query, match(query.words), ranking.FIELDS)
        where = conditions(query, without_facets=False)
        by, by_parameters = order(query, ranked=False)
        return self._rows(
            f"SELECT d.rowid, 0.0 FROM {_ALONE} WHERE {where.sql} ORDER BY {by} LIMIT %s OFFSET %s",
            [*where.parameters, *by_parameters, query.limit, query.offset],
        )

    def _matching(self, query: SearchQuery, matching: str, fields: Mapping[str, float]) -> Scored:
        where = conditions(query, without_facets=False)
        where.add(f"{schema.WORDS} MATCH %s", matching)
        points, points_parameters = score(query, schema.WORDS, fields, ranking.MARKED)
        by, by_parameters = order(query, ranked=True)
        return self._rows(
            f"SELECT d.rowid, {points} AS score FROM {_JOINED} WHERE {where.sql} ORDER BY {by} LIMIT %s OFFSET %s",
            [*points_parameters, *where.parameters, *by_parameters, query.limit, query.offset],
        )

    def _hits(self, scored: Scored, words: ParsedText) -> list[Hit]:
        if not scored:
            return []
        where = Conditions()
        where.one_of("d.rowid", [rowid for rowid, _ in scored])
        rows = self._rows(f"SELECT d.rowid, {', '.join(SHOWN)} FROM {_SHOWN} WHERE {where.sql}", where.parameters)
        by_rowid = {row[0]: dict(zip(SHOWN, row[1:], strict=True)) for row in rows}
        return [hit(by_rowid[rowid], -points, words) for rowid, points in scored if rowid in by_rowid]

    def _rarest(self, words: set[str]) -> list[str]:
        """Of these words the rarest that stand in more than one document."""
        where = Conditions()
        where.one_of("term", sorted(words))
        rows = self._rows(
            f"SELECT term, max(doc) AS n FROM {schema.VOCABULARY} WHERE {where.sql} AND col <> %s "
            "GROUP BY term HAVING n > 1 ORDER BY n, term LIMIT %s",
            [*where.parameters, schema.MARKED_COLUMN, _SIMILAR_BY],
        )
        return [term for term, _ in rows]


@contextmanager
def _available() -> Iterator[None]:
    try:
        yield
    except DatabaseError as error:
        raise EngineUnavailable(f"SQLite FTS5: {error}") from error


def _from(where: Conditions, query: SearchQuery) -> str:
    """The tables to read; with words, the condition that they match is added to `where`."""
    if not query.words:
        return _ALONE
    where.add(f"{schema.WORDS} MATCH %s", match_needed(query.words))
    return _JOINED
