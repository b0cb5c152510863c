"""Accounts of the demonstration are marked, so that they stay what they are under another address."""

from typing import Any

from django.db import migrations, models


def mark(apps: Any, _schema_editor: Any) -> None:
    apps.get_model("accounts", "User").objects.filter(email__iendswith="@demo.example").update(is_demo=True)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_membership_requests")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="is_demo",
            field=models.BooleanField(default=False, editable=False, verbose_name="account of the demonstration"),
        ),
        migrations.RunPython(mark, migrations.RunPython.noop, elidable=True),
    ]
