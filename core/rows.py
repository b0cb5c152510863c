"""Writing rows in bulk, where thousands change together."""

from collections.abc import Sequence
from typing import Any

from django.db import connection, models


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
    """Insert thousands of rows without making model objects: `rows` hold the values of `fields`, all others must
    have a default in the database. Sends no signals; call it in a transaction.
    """
    meta, quoted = model._meta, connection.ops.quote_name
    by_name = {field.name: field for field in meta.concrete_fields}
    columns = [by_name[name] for name in fields]
    names = ", ".join(quoted(field.column or field.name) for field in columns)
    places = ", ".join(["%s"] * len(columns))
    statement = f"INSERT INTO {quoted(meta.db_table)} ({names}) VALUES ({places})"  # noqa: S608
    prepare = [field.get_db_prep_save for field in columns]
    values = [[convert(value, connection) for convert, value in zip(prepare, row, strict=True)] for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(statement, values)
