"""SQLite FTS5 as a search engine, inside the database itself: what it answers is never behind its own connection."""

# ruff: noqa: S608 - names of tables and columns are constants of ours; every value is a parameter.
from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError, connections

from search.engines import sqlite_schema as schema
from search.engines.base import FACETS, Document, EngineUnavailable, Health, Hit, SearchQuery, SearchResult
from search.engines.sqlite_match import match_all, match_any, match_beginning
from search.engines.sqlite_rows import HIT_COLUMNS, hit
from search.engines.sqlite_store import SqliteRebuild, SqliteStore
from search.engines.sqlite_where import NAMING_WEIGHTS, WEIGHTS, Conditions, conditions, order, score
from search.facets import roll_up
from search.query_text import ParsedText, parse
from search.tokens import tokens

_JOINED = f"{schema.WORDS} JOIN {schema.DOCUMENTS} d ON d.rowid = {schema.WORDS}.rowid"
_ALONE = f"{schema.DOCUMENTS} d"
_SHOWN = f"{_ALONE} JOIN {schema.TEXTS} t ON t.rowid = d.rowid"
_SIMILAR_BY = 8  # rare words that decide what is similar; more only slow it down

Scored = list[tuple[int, float]]


@contextmanager
def _available() -> Iterator[None]:
    try:
        yield
    except DatabaseError as error:
        raise EngineUnavailable(f"SQLite FTS5: {error}") from error


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

    def remove(self, ids: Iterable[str]) -> None:
        """Forget documents; unknown ids are no error."""
        with _available():
            self._store.remove(ids)

    def start_rebuild(self) -> SqliteRebuild:
        """Begin a new index beside the one in use, in place of an unfinished one."""
        with _available():
            return self._store.start_rebuild()

    def search(self, query: SearchQuery) -> SearchResult:
        """Two queries without facets, three with: count or groups, ranked rowids, the rows themselves."""
        words = parse(query.text)
        if query.text.strip() and not words:
            return SearchResult(count=0, facets={name: {} for name in FACETS} if query.with_facets else {})
        with _available():
            count, facets = self._grouped(query, words) if query.with_facets else (self._counted(query, words), {})
            scored = self._ranked(query, words) if query.offset < count else []
            return SearchResult(count=count, hits=self._hits(scored, words), facets=facets)

    def suggest(self, text: str, *, locale: str, kinds: Sequence[str], limit: int) -> list[Hit]:
        """Documents whose title or names hold every word of `text`, the last one possibly unfinished."""
        words = parse(text, unfinished=True)
        if not words:
            return []
        query = SearchQuery(locale=locale, kinds=tuple(kinds), limit=limit)
        with _available():
            return self._hits(self._matching(query, match_beginning(words), NAMING_WEIGHTS), words)

    def similar(self, document_id: str, *, limit: int) -> list[Hit]:
        """Documents of the same kind and language that share the rarest words of this one."""
        with _available():
            rows = self._rows(
                f"SELECT d.rowid, kind, locale, title, names FROM {_SHOWN} WHERE id = %s",
                [document_id],
            )
            if not rows:
                return []
            rowid, kind, locale, *texts = rows[0]
            rare = self._rarest({token.word for text in texts for token in tokens(text) if token.word.isalpha()})
            query = SearchQuery(locale=locale, kinds=(kind,), limit=limit + 1)
            scored = self._matching(query, match_any(rare)) if rare else []
            return self._hits([pair for pair in scored if pair[0] != rowid][:limit], ParsedText())

    def known_words(self, prefix: str) -> dict[str, int]:
        """Folded words of the index that begin with `prefix`, each with the number of documents that hold it."""
        with _available():
            return dict(
                self._rows(
                    f"SELECT term, max(doc) FROM {schema.VOCABULARY} "
                    "WHERE term >= %s AND term < %s AND col <> %s GROUP BY term",
                    [prefix, prefix + "\U0010ffff", schema.MARKED_COLUMN],
                )
            )

    def count(self) -> int:
        """The number of documents."""
        with _available():
            return int(self._rows(f"SELECT count(*) FROM {schema.DOCUMENTS}", [])[0][0])

    def health(self) -> Health:
        """Whether the tables answer."""
        try:
            return Health(self.name, ok=True, documents=self.count())
        except EngineUnavailable as error:
            return Health(self.name, ok=False, problem=str(error))

    def _rows(self, sql: str, parameters: Sequence[Any]) -> list[Any]:
        with connections[self._using].cursor() as cursor:
            cursor.execute(sql, parameters)
            return cursor.fetchall()

    def _counted(self, query: SearchQuery, words: ParsedText) -> int:
        where = conditions(query, facets=True)
        return int(self._rows(f"SELECT count(*) FROM {_from(where, words)} WHERE {where.sql}", where.parameters)[0][0])

    def _grouped(self, query: SearchQuery, words: ParsedText) -> tuple[int, dict[str, dict[str, int]]]:
        where = conditions(query, facets=False)
        columns = ", ".join(f"d.{name}" for name in FACETS)
        rows = self._rows(
            f"SELECT {columns}, count(*) FROM {_from(where, words)} WHERE {where.sql} GROUP BY {columns}",
            where.parameters,
        )
        return roll_up(((row[:-1], row[-1]) for row in rows), FACETS, query.filters)

    def _ranked(self, query: SearchQuery, words: ParsedText) -> Scored:
        if words:
            return self._matching(query, match_all(words))
        where = conditions(query, facets=True)
        by, by_parameters = order(query, ranked=False)
        return self._rows(
            f"SELECT d.rowid, 0.0 FROM {_ALONE} WHERE {where.sql} ORDER BY {by} LIMIT %s OFFSET %s",
            [*where.parameters, *by_parameters, query.limit, query.offset],
        )

    def _matching(self, query: SearchQuery, match: str, weights: tuple[float, ...] = WEIGHTS) -> Scored:
        where = conditions(query, facets=True)
        where.add(f"{schema.WORDS} MATCH %s", match)
        points, points_parameters = score(query, schema.WORDS, weights)
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
        rows = self._rows(f"SELECT d.rowid, {', '.join(HIT_COLUMNS)} FROM {_SHOWN} WHERE {where.sql}", where.parameters)
        by_rowid = {row[0]: row[1:] for row in rows}
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


def _from(where: Conditions, words: ParsedText) -> str:
    """The tables to read; with words, the condition that they match is added to `where`."""
    if not words:
        return _ALONE
    where.add(f"{schema.WORDS} MATCH %s", match_all(words))
    return _JOINED
