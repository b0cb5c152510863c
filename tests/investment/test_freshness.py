from datetime import date, timedelta

import pytest

from investment.freshness import Freshness, Rules, rules_in_force, standing

DAY = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("days", "state", "left", "late"),
    [
        (0, Freshness.FRESH, 90, 0),
        (75, Freshness.FRESH, 15, 0),
        (76, Freshness.DUE, 14, 0),
        (90, Freshness.DUE, 0, 0),
        (91, Freshness.OVERDUE, 0, 1),
        (120, Freshness.OVERDUE, 0, 30),
        (121, Freshness.EXPIRED, 0, 31),
    ],
)
def test_standing_on_each_side_of_every_limit(days: int, state: Freshness, left: int, late: int) -> None:
    found = standing(DAY, DAY + timedelta(days=days), Rules())
    assert (found.state, found.days_left, found.days_late) == (state, left, late)


def test_a_project_never_confirmed_has_no_dates() -> None:
    found = standing(None, DAY)
    assert found.state == Freshness.NEVER
    assert found.due_on is None


def test_the_setting_changes_the_rules(settings) -> None:
    settings.PROJECT_FRESHNESS = {"every_days": 30}
    assert rules_in_force() == Rules(every_days=30)
    assert standing(DAY, DAY + timedelta(days=31)).state == Freshness.OVERDUE
