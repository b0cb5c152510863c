"""A due time that was granted or promised is a floor; pauses and what is left go by it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from issues.sla import SameDay, WorkingCalendar, deadline, remaining

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
HOURS = [["08:00", "12:00"], ["13:30", "17:30"]]
CALENDAR = WorkingCalendar.from_dict(
    {"timezone": HANOI.key, "weekly": dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), HOURS)}
)
START = datetime(2026, 11, 18, 9, 0, tzinfo=HANOI)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=HANOI)


def test_an_earlier_floor_changes_nothing() -> None:
    plain = deadline(calendar=CALENDAR, target=SameDay(), start=START)
    assert deadline(calendar=CALENDAR, target=SameDay(), start=START, not_before=at(18, 15)) == plain


def test_a_later_floor_is_the_due_time() -> None:
    found = deadline(calendar=CALENDAR, target=SameDay(), start=START, not_before=at(19, 17, 30))
    assert (found.due_at, found.first_due_at) == (at(19, 17, 30), at(19, 17, 30))
    assert found.explanation[-1] == "not due before Thu 19 Nov 17:30, which was promised or granted"
    assert remaining(CALENDAR, START, found.first_due_at, at(19, 15, 30)) == timedelta(hours=2)


@pytest.mark.parametrize("hours", [1, 3])
def test_an_open_pause_keeps_what_was_left_up_to_the_floor(hours: int) -> None:
    pause = at(19, 17, 30) - timedelta(hours=hours)
    found = deadline(
        calendar=CALENDAR, target=SameDay(), start=START, pauses=[(pause, None)], not_before=at(19, 17, 30)
    )
    assert (found.due_at, found.left) == (None, timedelta(hours=hours))


def test_ended_pauses_are_in_the_floor_already() -> None:
    pauses = [(at(18, 10), at(18, 11))]
    found = deadline(calendar=CALENDAR, target=SameDay(), start=START, pauses=pauses, not_before=at(20, 9))
    assert found.due_at == at(20, 9)
    assert remaining(CALENDAR, START, found.first_due_at, at(20, 8), pauses) == timedelta(hours=1)
