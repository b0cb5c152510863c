from django.db import migrations

from search.engines import sqlite_schema

# The index holds nothing that is not elsewhere, so its tables are made in their present form;
# `manage.py search_rebuild` makes them again when the form changes.


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for statement in [*sqlite_schema.create(), *sqlite_schema.create_vocabulary()]:
            schema_editor.execute(statement)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for statement in [f"DROP TABLE IF EXISTS {sqlite_schema.VOCABULARY}", *sqlite_schema.drop()]:
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
