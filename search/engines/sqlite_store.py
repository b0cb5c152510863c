"""Writing to the SQLite engine: documents in and out, and a new index built beside the one in use.

Each call is one transaction. It takes the database's only write lock at its start, so a caller that reads an object and
writes its document inside one transaction can never be overtaken by an older state of that object.
"""

# ruff: noqa: S608 - names of tables and columns are constants of ours; every value is a parameter.
from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connections, transaction

from search.engines import sqlite_schema as schema
from search.engines.base import Document, EngineUnavailable
from search.engines.sqlite_rows import document_row, text_row, words_row

_BUILDING = "_b"  # what the names of an index being built go on with
# One row for each table, in the order of _TABLES.
Rows = tuple[tuple[Any, ...], tuple[str, ...], tuple[str, ...]]
_TABLES = (
    (schema.DOCUMENTS, schema.COLUMN_NAMES),
    (schema.TEXTS, schema.TEXT_COLUMNS),
    (schema.WORDS, schema.WORD_COLUMNS),
)


class SqliteStore:
    """The tables of one database, the index in use and, while a rebuild runs, the one being built."""

    def __init__(self, using: str) -> None:
        self._using = using

    def put(self, documents: Iterable[Document]) -> None:
        """Add or replace documents everywhere."""
        rows = _rows(documents)
        with transaction.atomic(using=self._using):
            for suffix in ("", *self.building()):
                self.write(suffix, rows)

    def remove(self, ids: Iterable[str]) -> None:
        """Delete documents everywhere."""
        listed = list(ids)
        with transaction.atomic(using=self._using):
            for suffix in ("", *self.building()):
                self._delete(suffix, listed)

    def start_rebuild(self) -> SqliteRebuild:
        """Make an empty index beside the one in use and drop what an earlier rebuild left."""
        suffix = f"{_BUILDING}{secrets.token_hex(4)}"
        with transaction.atomic(using=self._using):
            for old in self.building():
                self._run(schema.drop(old))
            self._run(schema.create(suffix))
        return SqliteRebuild(self, suffix)

    def building(self) -> list[str]:
        """The suffixes of indexes being built: one at most."""
        name = f"{schema.DOCUMENTS}{_BUILDING}"
        rows = self._read(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND substr(name, 1, %s) = %s", [len(name), name]
        )
        return [row[0].removeprefix(schema.DOCUMENTS) for row in rows]

    def write(self, suffix: str, rows: Sequence[Rows]) -> None:
        """Add or replace rows in one index; inside the caller's transaction."""
        self._delete(suffix, [facts[0] for facts, _, _ in rows])
        first = self._read(f"SELECT coalesce(max(rowid), 0) + 1 FROM {schema.DOCUMENTS}{suffix}", [])[0][0]
        for position, (table, columns) in enumerate(_TABLES):
            self._insert(table + suffix, columns, first, [row[position] for row in rows])

    def swap(self, suffix: str) -> int:
        """Put a finished index in the place of the one in use; returns its number of documents."""
        with transaction.atomic(using=self._using):
            self._require(suffix)
            self._run([*schema.drop(), *schema.rename(suffix)])
            return int(self._read(f"SELECT count(*) FROM {schema.DOCUMENTS}", [])[0][0])

    def add(self, suffix: str, documents: Iterable[Document]) -> None:
        """Add a batch to an index being built."""
        rows = _rows(documents)
        with transaction.atomic(using=self._using):
            self._require(suffix)
            self.write(suffix, rows)

    def abandon(self, suffix: str) -> None:
        """Drop an index being built."""
        with transaction.atomic(using=self._using):
            self._run(schema.drop(suffix))

    def _require(self, suffix: str) -> None:
        if suffix not in self.building():
            raise EngineUnavailable("Another rebuild of the search index has taken the place of this one.")

    def _delete(self, suffix: str, ids: list[str]) -> None:
        found = self._read(
            f"SELECT rowid FROM {schema.DOCUMENTS}{suffix} WHERE id IN (SELECT value FROM json_each(%s))",
            [json.dumps(ids)],
        )
        if not found:
            return
        rowids = json.dumps([row[0] for row in found])
        with connections[self._using].cursor() as cursor:
            for table, _ in _TABLES:
                cursor.execute(
                    f"DELETE FROM {table}{suffix} WHERE rowid IN (SELECT value FROM json_each(%s))", [rowids]
                )

    def _insert(self, table: str, columns: Sequence[str], first: int, rows: Sequence[tuple[Any, ...]]) -> None:
        marks = ", ".join(["%s"] * (len(columns) + 1))
        with connections[self._using].cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {table} (rowid, {', '.join(columns)}) VALUES ({marks})",
                [(first + offset, *row) for offset, row in enumerate(rows)],
            )

    def _run(self, statements: Iterable[str]) -> None:
        with connections[self._using].cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    def _read(self, sql: str, parameters: Sequence[Any]) -> list[Any]:
        with connections[self._using].cursor() as cursor:
            cursor.execute(sql, parameters)
            return cursor.fetchall()


class SqliteRebuild:
    """A new index beside the one in use. Nothing of it is visible before `finish`."""

    def __init__(self, store: SqliteStore, suffix: str) -> None:
        self._store = store
        self._suffix = suffix

    def put(self, documents: Iterable[Document]) -> None:
        """Add a batch. EngineUnavailable when a later rebuild has replaced this one."""
        self._store.add(self._suffix, documents)

    def finish(self) -> int:
        """Put the new index in the place of the old in one transaction; returns its number of documents."""
        return self._store.swap(self._suffix)

    def abandon(self) -> None:
        """Drop the new index; the one in use stays."""
        self._store.abandon(self._suffix)


def _rows(documents: Iterable[Document]) -> list[Rows]:
    """The rows of documents; of several with one id the last counts."""
    by_id = {document.id: document for document in documents}
    return [(document_row(document), text_row(document), words_row(document)) for document in by_id.values()]
