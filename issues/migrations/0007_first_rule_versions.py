"""Every rule that is there gets its present state as a version, so that its history has a beginning."""

from typing import Any

from django.db import migrations

_CONTENT = ("name_vi", "name_en", "priority", "conditions", "lead", "coordinating", "active")


def keep_present_state(apps: Any, _schema: Any) -> None:
    rules, versions = apps.get_model("issues", "RoutingRule"), apps.get_model("issues", "RoutingRuleVersion")
    versions.objects.bulk_create(
        versions(rule=rule, version=rule.version, content=_content(rule), saved_at=rule.changed_at)
        for rule in rules.objects.filter(versions=None)
    )


def _content(rule: Any) -> dict[str, Any]:
    days = {
        name: getattr(rule, name).isoformat() if getattr(rule, name) else None for name in ("valid_from", "valid_to")
    }
    return {**{name: getattr(rule, name) for name in _CONTENT}, **days}


class Migration(migrations.Migration):
    dependencies = [("issues", "0006_rule_versions_and_offers")]
    operations = [migrations.RunPython(keep_present_state, migrations.RunPython.noop)]
