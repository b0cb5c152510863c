"""Rows in bulk: writing many that differ with one prepared UPDATE; reading related ones that are known already."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models

from core.prepared import plain_type


def update_rows(rows: Sequence[models.Model], fields: Sequence[str]) -> None:
    """Write the named fields of saved rows of one model, by primary key.

    For what `QuerySet.update` cannot say (every row has values of its own) and where the CASE expressions of
    `bulk_update` would take several times as long as the writing itself. Sends no signals; call it in a transaction.
    """
    if not rows:
        return
    meta = rows[0]._meta
    by_name = {field.name: field for field in meta.concrete_fields}
    columns = [by_name[name] for name in fields]
    key = meta.pk.column if meta.pk else ""
    quoted = connection.ops.quote_name
    assignments = ", ".join(f"{quoted(field.column or field.name)} = %s" for field in columns)
    statement = f"UPDATE {quoted(meta.db_table)} SET {assignments} WHERE {quoted(key)} = %s"  # noqa: S608
    values = [
        [*(field.get_db_prep_save(getattr(row, field.attname), connection) for field in columns), row.pk]
        for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(statement, values)


def insert_values(model: type[models.Model], fields: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert thousands of rows of which nobody needs the object: `rows` hold the values of `fields`, all others must
    have a default in the database. Sends no signals; call it in a transaction.
    """
    meta, quoted = model._meta, connection.ops.quote_name
    by_name = {field.name: field for field in meta.concrete_fields}
    columns = [by_name[name] for name in fields]
    names = ", ".join(quoted(field.column or field.name) for field in columns)
    places = ", ".join(["%s"] * len(columns))
    statement = f"INSERT INTO {quoted(meta.db_table)} ({names}) VALUES ({places})"  # noqa: S608
    values = zip(*(_prepared(field, [row[n] for row in rows]) for n, field in enumerate(columns)), strict=True)
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(values))


def _prepared(field: Any, values: list[Any]) -> list[Any]:
    """The values of one column as the database takes them."""
    plain = plain_type(field)
    return [value if type(value) is plain else field.get_db_prep_save(value, connection) for value in values]


def related_rows(row: models.Model, name: str) -> Iterable[Any]:
    """The related rows of a saved row that were prefetched or said to be known (`know_related`), else a query.

    As `row.name.all()`, without building a manager each time: a page of tickets asks a few hundred times.
    """
    known: Any = row.__dict__.get("_known_rows", {}).get(name)
    if known is None:
        known = row.__dict__.get("_prefetched_objects_cache", {}).get(name)
    return getattr(row, name).all() if known is None else known


def know_related(row: models.Model, **related: Sequence[Any]) -> None:
    """Say what `related_rows` shall give: whoever has just written the rows need not read them."""
    row.__dict__.setdefault("_known_rows", {}).update(related)
