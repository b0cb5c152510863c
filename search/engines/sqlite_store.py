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
from search.engines.rebuild import StoreRebuild
from search.engines.sqlite_rows import Rows, rows_of

_BUILDING = "_b"  # what the names of an index being built go on with


class SqliteStore:
    """The tables of one database, the index in use and, while a rebuild runs, the one being built."""

    def __init__(self, using: str) -> None:
        self._using = using

    def put(self, documents: Iterable[Document]) -> None:
        """Add or replace documents everywhere."""
        rows = _rows(documents)
        with transaction.atomic(using=self._using):
            for suffix in ("", *self.building()):
                self._write(suffix, rows)

    def remove(self, ids: Iterable[str], version: int) -> None:
        """Delete documents everywhere; with a version, remember it."""
        listed = list(ids)
        with transaction.atomic(using=self._using):
            for suffix in ("", *self.building()):
                kept = self._versions(suffix, listed)
                gone = [document for document in listed if kept.get(document, version) <= version]
                self._delete(suffix, gone)
                if version:
                    self._many(
                        f"INSERT INTO {schema.GONE}{suffix} (id, version) VALUES (%s, %s) "
                        "ON CONFLICT (id) DO UPDATE SET version = max(version, excluded.version)",
                        [(document, version) for document in gone],
                    )

    def start_rebuild(self) -> StoreRebuild:
        """Make an empty index beside the one in use and drop what an earlier rebuild left."""
        suffix = f"{_BUILDING}{schema.form()}{secrets.token_hex(4)}"
        with transaction.atomic(using=self._using):
            for old in self.building():
                self._run(schema.drop(old))
            self._run(schema.create(suffix))
            self._insert(schema.FORM + suffix, ("form",), [(schema.form(),)])
        return StoreRebuild(self, suffix)

    def resume_rebuild(self, name: str) -> StoreRebuild | None:
        """The index being built under this name, if its tables are as they would be made now."""
        is_alike = name.startswith(f"{_BUILDING}{schema.form()}")
        return StoreRebuild(self, name) if is_alike and name in self.building() else None

    def building(self) -> list[str]:
        """The suffixes of indexes being built: one at most."""
        name = f"{schema.DOCUMENTS}{_BUILDING}"
        rows = self._read(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND substr(name, 1, %s) = %s", [len(name), name]
        )
        return [row[0].removeprefix(schema.DOCUMENTS) for row in rows]

    def form(self) -> str | None:
        """The form that the index in use was made in; None where there is no index."""
        if not self._read("SELECT 1 FROM sqlite_master WHERE name = %s", [schema.FORM]):
            return None
        rows = self._read(f"SELECT form FROM {schema.FORM}", [])
        return rows[0][0] if rows else ""

    def add(self, suffix: str, documents: Iterable[Document]) -> None:
        """Add a batch to an index being built."""
        rows = _rows(documents)
        with transaction.atomic(using=self._using):
            self._require(suffix)
            self._write(suffix, rows)

    def swap(self, suffix: str) -> int:
        """Put a finished index in the place of the one in use; returns its number of documents."""
        with transaction.atomic(using=self._using):
            self._require(suffix)
            self._run([*schema.drop(), *schema.rename(suffix)])
            return int(self._read(f"SELECT count(*) FROM {schema.DOCUMENTS}", [])[0][0])

    def abandon(self, suffix: str) -> None:
        """Drop an index being built."""
        with transaction.atomic(using=self._using):
            self._run(schema.drop(suffix))

    def _require(self, suffix: str) -> None:
        if suffix not in self.building():
            raise EngineUnavailable("Another rebuild of the search index has taken the place of this one.")

    def _write(self, suffix: str, rows: Sequence[Rows]) -> None:
        """Add or replace rows in one index, except where it has a later version."""
        kept = self._versions(suffix, [row.id for row in rows])
        rows = [row for row in rows if kept.get(row.id, row.version) <= row.version]
        self._delete(suffix, [row.id for row in rows])
        first = self._read(f"SELECT coalesce(max(rowid), 0) + 1 FROM {schema.DOCUMENTS}{suffix}", [])[0][0]
        numbered = list(enumerate(rows, start=first))
        self._insert(schema.DOCUMENTS + suffix, ("rowid", *schema.COLUMN_NAMES), [(n, *r.facts) for n, r in numbered])
        self._insert(schema.TEXTS + suffix, ("rowid", *schema.TEXT_COLUMNS), [(n, *r.texts) for n, r in numbered])
        self._insert(schema.WORDS + suffix, ("rowid", *schema.WORD_COLUMNS), [(n, *r.words) for n, r in numbered])
        values = [(name, value, n) for n, r in numbered for name, value in r.values]
        self._insert(schema.VALUES + suffix, ("name", "value", "doc"), values)
        numbers = [(n, name, value) for n, r in numbered for name, value in r.numbers]
        self._insert(schema.NUMBERS + suffix, ("doc", "name", "value"), numbers)
        terms = sorted({term for row in rows for term in row.terms})
        self._many(f"INSERT OR IGNORE INTO {schema.TERMS}{suffix} (term) VALUES (%s)", [(term,) for term in terms])
        self._many(f"DELETE FROM {schema.GONE}{suffix} WHERE id = %s", [(row.id,) for row in rows])

    def _versions(self, suffix: str, ids: Sequence[str]) -> dict[str, int]:
        """The versions that the index has of these documents, removed ones included."""
        listed = json.dumps(ids)
        one = "SELECT id, version FROM {} WHERE id IN (SELECT value FROM json_each(%s))"
        both = f"{one.format(schema.DOCUMENTS + suffix)} UNION ALL {one.format(schema.GONE + suffix)}"
        return dict(self._read(both, [listed, listed]))

    def _delete(self, suffix: str, ids: Sequence[str]) -> None:
        found = self._read(
            f"SELECT rowid, facets, is_public FROM {schema.DOCUMENTS}{suffix} "
            "WHERE id IN (SELECT value FROM json_each(%s))",
            [json.dumps(list(ids))],
        )
        if not found:
            return
        rowids = json.dumps([row[0] for row in found])
        listed = "IN (SELECT value FROM json_each(%s))"
        with connections[self._using].cursor() as cursor:
            for table in (schema.WORDS, schema.TEXTS, schema.DOCUMENTS):
                cursor.execute(f"DELETE FROM {table}{suffix} WHERE rowid {listed}", [rowids])
            cursor.execute(f"DELETE FROM {schema.NUMBERS}{suffix} WHERE doc {listed}", [rowids])
            cursor.execute(f"DELETE FROM {schema.VALUES}{suffix} WHERE doc {listed}", [rowids])

    def _insert(self, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
        marks = ", ".join(["%s"] * len(columns))
        self._many(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)

    def _many(self, sql: str, rows: Sequence[tuple[Any, ...]]) -> None:
        if rows:
            with connections[self._using].cursor() as cursor:
                cursor.executemany(sql, rows)

    def _run(self, statements: Iterable[str]) -> None:
        with connections[self._using].cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    def _read(self, sql: str, parameters: Sequence[Any]) -> list[Any]:
        with connections[self._using].cursor() as cursor:
            cursor.execute(sql, parameters)
            return cursor.fetchall()


def _rows(documents: Iterable[Document]) -> list[Rows]:
    """The rows of documents; of several with one id the last counts."""
    return list({document.id: rows_of(document) for document in documents}.values())
