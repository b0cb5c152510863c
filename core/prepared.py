"""Queries whose SQL is worked out once.

For a short query on an index the ORM needs ten times as long to write the SQL as the database needs to answer it. On
the few paths that are measured (see docs/benchmarks.md) such a query is written down with parameters instead of
values; its SQL is kept for as long as the thread lives. Everywhere else an ordinary query reads better.
"""

import threading
from collections.abc import Callable
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Expression, QuerySet


class Param(Expression):
    """The place of a value in a prepared query: `filter(digest=Param("digest"))`."""

    def __init__(self, name: str, output_field: Any = None) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        return "%s", [self]


class Prepared:
    """A query of `values_list`. Calling it with a value for each Param returns the rows as tuples.

    Values are given to the database as they are: pass what the column holds (ids, texts, dates), not objects.
    """

    def __init__(self, build: Callable[[], "QuerySet[Any, Any]"]) -> None:
        self._build = build
        self._of_thread = threading.local()

    def __call__(self, **values: Any) -> list[tuple[Any, ...]]:
        compiler, sql, params, converters = self._compiled()
        with compiler.connection.cursor() as cursor:
            cursor.execute(sql, [values[one.name] if isinstance(one, Param) else one for one in params])
            rows: Any = cursor.fetchall()
        if converters:
            rows = compiler.apply_converters(rows, converters)
        return [tuple(row) for row in rows]

    def _compiled(self) -> tuple[Any, str, tuple[Any, ...], Any]:
        """Per thread, because what is compiled belongs to a connection, and a connection to a thread."""
        found = getattr(self._of_thread, "found", None)
        if found is None or found[0].connection is not connections[DEFAULT_DB_ALIAS]:
            compiler = self._build().query.get_compiler(connection=connections[DEFAULT_DB_ALIAS])
            sql, params = compiler.as_sql()
            converters = compiler.get_converters([column[0] for column in compiler.select])
            found = self._of_thread.found = (compiler, sql, tuple(params), converters)
        return found
