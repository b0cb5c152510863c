from django.db import migrations

from search.words import starter


def load(apps, schema_editor):
    """Once: what editors make of the groups afterwards stays."""
    group = apps.get_model("search", "WordGroup")
    group.objects.bulk_create(
        group(forms=row.forms, also_typed=row.also_typed, note=row.note) for row in starter.read()
    )


class Migration(migrations.Migration):
    dependencies = [("search", "0003_groups_of_words")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
