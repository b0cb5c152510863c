"""Writing many rows that differ: one prepared UPDATE for all of them."""

from collections.abc import Sequence

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
