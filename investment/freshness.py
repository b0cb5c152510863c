"""How fresh the facts of a project are: pure rules over dates.

The contact agency confirms a project again every 90 days; 14 days before it is asked; past that day the page says so
and the project sinks in the ranking; 30 days later it leaves the list (design: freshness).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.conf import settings


class Freshness(StrEnum):
    """Where a project stands between two confirmations."""

    FRESH = "fresh"
    DUE = "due"
    OVERDUE = "overdue"
    EXPIRED = "expired"
    NEVER = "never"


@dataclass(frozen=True)
class Rules:
    """All in calendar days."""

    every_days: int = 90
    ask_days_before: int = 14
    grace_days: int = 30


@dataclass(frozen=True)
class Standing:
    """The freshness of one project on one day. Dates are None when it was never confirmed."""

    state: Freshness
    confirmed_on: date | None = None
    due_on: date | None = None
    leaves_on: date | None = None
    days_left: int = 0
    days_late: int = 0
    used_percent: float = 0.0


def rules_in_force() -> Rules:
    """The rules in force: the setting PROJECT_FRESHNESS, a dict with the names of `Rules`, over the defaults."""
    return Rules(**getattr(settings, "PROJECT_FRESHNESS", {}))


def standing(confirmed_on: date | None, today: date, rules: Rules | None = None) -> Standing:
    """Judge a confirmation on `today`. The due day itself is still in time, the last day of grace still listed."""
    rules = rules or rules_in_force()
    if confirmed_on is None:
        return Standing(Freshness.NEVER)
    due_on = confirmed_on + timedelta(days=rules.every_days)
    leaves_on = due_on + timedelta(days=rules.grace_days)
    left = (due_on - today).days
    if today > leaves_on:
        state = Freshness.EXPIRED
    elif left < 0:
        state = Freshness.OVERDUE
    elif left <= rules.ask_days_before:
        state = Freshness.DUE
    else:
        state = Freshness.FRESH
    used = min(100.0, max(0.0, (rules.every_days - left) / rules.every_days * 100))
    return Standing(state, confirmed_on, due_on, leaves_on, max(0, left), max(0, -left), round(used, 2))
