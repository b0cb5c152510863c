from django.db import migrations

from search.engines import sqlite_schema

# The tables have another form now. The index holds nothing that is not elsewhere: `manage.py search_rebuild` fills it.


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for statement in [f"DROP TABLE IF EXISTS {sqlite_schema.VOCABULARY}", *sqlite_schema.drop()]:
            schema_editor.execute(statement)
        for statement in [*sqlite_schema.create(), *sqlite_schema.create_vocabulary()]:
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0005_searched_words")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
