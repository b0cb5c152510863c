"""Statements whose SQL is worked out once.

For a short query on an index the ORM needs ten times as long to write the SQL as the database needs to answer it, and
so it is with the INSERT of a single row. On the few paths that are measured (see docs/benchmarks.md) such a statement
is written down with parameters instead of values; its SQL is kept. Everywhere else the ORM reads better.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import cached_property
from operator import attrgetter
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models import Expression, Field, Model, QuerySet
from django.db.models.query import get_related_populators  # type: ignore[attr-defined]

from core.sqlite3.base import DatabaseWrapper as SQLite


class Param(Expression):
    """The place of a value in a prepared query: `filter(digest=Param("digest"))`."""

    def __init__(self, name: str, output_field: Any = None) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        return "%s", [self]


def fetch(connection: Any, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """All rows that a statement returns.

    Where nobody watches, SQLite is asked without a cursor of Django's, which takes longer than its answer.
    """
    if isinstance(connection, SQLite) and not connection.is_watched:
        return connection.fetch(sql, values)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


class Prepared:
    """A query of `values_list`. Calling it with a value for each Param returns the rows as tuples.

    Values are given to the database as they are: pass what the column holds (ids, texts, dates), not objects.
    """

    def __init__(self, build: Callable[[], QuerySet[Any, Any]]) -> None:
        self._build = build
        self._of_thread = threading.local()

    def __call__(self, **values: Any) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self._rows(values)]

    def _rows(self, values: dict[str, Any]) -> Iterable[Sequence[Any]]:
        compiler, sql, params, converters = self._compiled()
        given = [values[one.name] if type(one) is Param else one for one in params]
        rows: Any = fetch(compiler.connection, sql, given)
        return compiler.apply_converters(rows, converters) if converters else rows

    def _compiled(self) -> tuple[Any, str, tuple[Any, ...], Any]:
        """Per thread, because what is compiled belongs to a connection, and a connection to a thread."""
        found = getattr(self._of_thread, "found", None)
        if found is None or found[0].connection is not connections[DEFAULT_DB_ALIAS]:
            compiler = self._build().query.get_compiler(connection=connections[DEFAULT_DB_ALIAS])
            sql, params = compiler.as_sql()
            converters = compiler.get_converters([column[0] for column in compiler.select])
            found = self._of_thread.found = (compiler, sql, tuple(params), converters)
        return found


class PreparedObjects(Prepared):
    """A query for objects, with what `select_related` adds to them; calling it gives a list of them.

    Of `prefetch_related` and `annotate` nothing is known here.
    """

    def __call__(self, **values: Any) -> list[Any]:
        compiler = self._compiled()[0]
        if not hasattr(compiler, "how_to_build"):
            compiler.how_to_build = _how_to_build(compiler)
        model, first, last, names, populators = compiler.how_to_build
        found = []
        for row in self._rows(values):
            one = model.from_db(DEFAULT_DB_ALIAS, names, row[first:last])
            for populator in populators:
                populator.populate(row, one)
            found.append(one)
        return found


def _how_to_build(compiler: Any) -> tuple[Any, int, int, frozenset[str], list[Any]]:
    """The model, its columns, their names, and what builds related rows. Names are sets: they are looked up by row."""
    info, select = compiler.klass_info, compiler.select
    first, last = info["select_fields"][0], info["select_fields"][-1] + 1
    populators = get_related_populators(info, select, DEFAULT_DB_ALIAS)
    for populator in populators:
        populator.init_list = frozenset(populator.init_list)
    return info["model"], first, last, frozenset(column[0].target.attname for column in select[first:last]), populators


# What these columns hold goes to the driver as it is; everything else is converted by its field.
_PLAIN: dict[type[Field[Any, Any]], type] = {
    models.CharField: str,
    models.TextField: str,
    models.IntegerField: int,
    models.ForeignKey: int,
    models.FloatField: float,
    models.BooleanField: bool,
}


def plain_type(field: Field[Any, Any]) -> type | None:
    """The type whose values go into a column of this field as they are; None where there is none."""
    return next((kind for of, kind in _PLAIN.items() if isinstance(field, of)), None)


_Converter = Callable[[Any, Any], Any]


class PreparedInsert:
    """The INSERT of new rows of one model, with a key that the database gives.

    Calling it with objects saves them in one statement and sets their keys, as `bulk_create` does: without signals,
    and without looking at rows that are related.
    """

    def __init__(self, model: type[Model]) -> None:
        self._model = model
        self._sql: dict[tuple[str, int], str] = {}

    def __call__(self, rows: Sequence[Model]) -> None:
        if not rows:
            return
        connection = connections[DEFAULT_DB_ALIAS]
        values = [value for row in rows for value in self._values(row, connection)]
        keys = fetch(connection, self._statement(connection, len(rows)), values)
        for row, (key,) in zip(rows, keys, strict=True):
            row.pk = key
            row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS

    @cached_property
    def _columns(self) -> list[tuple[Field[Any, Any], Callable[[Model], Any], type | None, _Converter]]:
        """Each field with how its value is read from a row, the type that needs no conversion, and the conversion."""
        meta = self._model._meta
        if len(meta.db_returning_fields) != 1 or meta.parents:
            raise TypeError(f"{self._model.__name__} has columns that the database fills, or parents: use the ORM")
        return [
            (field, _reader(field), plain_type(field), _converter(field))
            for field in meta.local_concrete_fields
            if not field.primary_key
        ]

    def _values(self, row: Model, connection: Any) -> list[Any]:
        found = []
        for _field, read, plain, convert in self._columns:
            value = read(row)
            if value is not None and type(value) is not plain:
                value = convert(value, connection)
            found.append(value)
        return found

    def _statement(self, connection: Any, rows: int) -> str:
        found = self._sql.get((connection.vendor, rows))
        if found is None:
            quoted, meta = connection.ops.quote_name, self._model._meta
            names = ", ".join(quoted(field.column) for field, *_how in self._columns)
            values = ", ".join([f"({', '.join(['%s'] * len(self._columns))})"] * rows)
            found = self._sql[connection.vendor, rows] = (
                f"INSERT INTO {quoted(meta.db_table)} ({names}) VALUES {values} "  # noqa: S608 - names of our own
                f"RETURNING {quoted(meta.pk.column)}"
            )
        return found


def _converter(field: Field[Any, Any]) -> _Converter:
    """How a value of a field becomes one of its column; what is most common without the questions that fields ask."""
    prepare = field.get_db_prep_save
    if type(field) is models.DateTimeField:
        return lambda value, connection: (
            connection.ops.adapt_datetimefield_value(value)
            if type(value) is datetime
            else prepare(value, connection=connection)
        )
    if type(field) is models.JSONField:
        return lambda value, connection: (
            connection.ops.adapt_json_value(value, field.encoder)
            if isinstance(value, dict | list)
            else prepare(value, connection=connection)
        )
    return lambda value, connection: prepare(value, connection=connection)


def _reader(field: Field[Any, Any]) -> Callable[[Model], Any]:
    """How a new row's value of a field is read. Some fields make it only now (`auto_now`)."""
    is_made_now = getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    if type(field).pre_save is Field.pre_save or (isinstance(field, models.DateField) and not is_made_now):
        return attrgetter(field.attname)
    return lambda row: field.pre_save(row, add=True)
