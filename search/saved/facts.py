"""The facts of a project that matter to its followers, and what differs between two moments.

Both are plain values for JSON, free of any language: each follower reads the words in theirs (`change_words`).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from core import clock
from investment.freshness import Freshness, standing
from investment.models import Project, ProjectStatus, ProjectStep

Facts = dict[str, Any]
LANGUAGES = ("vi", "en")

# In the order in which changes are listed.
PLAIN = (
    *("status", "confirmed_on", "name_vi", "name_en", "sector", "province", "place", "area_ha"),
    *("capital_vnd_billion", "capital_usd_million", "investment_form", "period", "legal_basis", "source_year"),
)
_LATE = (Freshness.OVERDUE, Freshness.EXPIRED)


def facts_of(project: Project) -> Facts:
    """The facts as they are now; of a project with its ward, contact agency and steps."""
    facts: Facts = {name: _plain(getattr(project, name)) for name in PLAIN}
    facts["is_overdue"] = is_overdue(project)
    facts["ward"] = project.ward.name_vi if project.ward else ""
    facts["contact"] = _in_both(project.contact_agency) if project.contact_agency else project.contact_as_published
    facts["steps"] = {str(step.order): _step(step) for step in project.steps.all()}
    return facts


def is_overdue(project: Project) -> bool:
    """Whether the call is open and nobody confirmed it in time."""
    today = timezone.localtime(clock.now()).date()
    late = standing(project.confirmed_on, today).state in _LATE
    return project.status == ProjectStatus.PUBLISHED and late


def differences(before: Facts, after: Facts) -> list[dict[str, Any]]:
    """What differs, each with its name, and the value before and after. A fact that was not kept yet is no news."""
    kept = [name for name in (*PLAIN, "ward", "contact") if name in before]
    found = [_change(name, before, after) for name in kept if before[name] != after[name]]
    if after["is_overdue"] and not before.get("is_overdue"):
        found.append(_change("is_overdue", before, after))
    old, new = before.get("steps", {}), after["steps"]
    moved = (order for order in sorted({*old, *new}, key=int) if old.get(order) != new.get(order))
    return found + [{"what": "step", "before": old.get(order), "after": new.get(order)} for order in moved]


def _change(name: str, before: Facts, after: Facts) -> dict[str, Any]:
    return {"what": name, "before": before.get(name), "after": after[name]}


def _step(step: ProjectStep) -> dict[str, Any]:
    return {
        "name": _in_both(step),
        "state": step.state,
        "percent": step.done_percent,
        "finished_on": _plain(step.finished_on),
    }


def _in_both(thing: Any) -> dict[str, str]:
    named = {}
    for language in LANGUAGES:
        with override(language):
            named[language] = str(thing.name)
    return named


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else value
