from django.db import migrations

from core import clock
from search.words import starter


def load(apps, schema_editor):
    """Once: what editors make of the groups afterwards stays."""
    group, now = apps.get_model("search", "WordGroup"), clock.now()
    group.objects.bulk_create(
        group(forms=row.forms, also_typed=row.also_typed, note=row.note, created_at=now, updated_at=now)
        for row in starter.read()
    )


class Migration(migrations.Migration):
    dependencies = [("search", "0003_groups_of_words")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
