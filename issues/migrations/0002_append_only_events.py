"""The database itself refuses to change or delete an event, whoever asks and by whatever way."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_SQLITE = [
    f"""
    CREATE TRIGGER issues_ticketevent_no_{verb} BEFORE {verb.upper()} ON issues_ticketevent
    BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END
    """
    for verb in ("update", "delete")
]
_POSTGRESQL = [
    """
    CREATE FUNCTION issues_ticketevent_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the event log is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$
    """,
    """
    CREATE TRIGGER issues_ticketevent_append_only BEFORE UPDATE OR DELETE ON issues_ticketevent
    FOR EACH ROW EXECUTE FUNCTION issues_ticketevent_refuse()
    """,
]
_DROP_SQLITE = [f"DROP TRIGGER issues_ticketevent_no_{verb}" for verb in ("update", "delete")]
_DROP_POSTGRESQL = [
    "DROP TRIGGER issues_ticketevent_append_only ON issues_ticketevent",
    "DROP FUNCTION issues_ticketevent_refuse()",
]


def protect(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in _SQLITE if editor.connection.vendor == "sqlite" else _POSTGRESQL:
        editor.execute(statement)


def unprotect(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in _DROP_SQLITE if editor.connection.vendor == "sqlite" else _DROP_POSTGRESQL:
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("issues", "0001_initial")]

    operations = [migrations.RunPython(protect, unprotect)]
