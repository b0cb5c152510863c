"""Calendars and short ways to write moments for the tests of the clock."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from issues.sla import WorkingCalendar

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
OFFICE = [["08:00", "12:00"], ["13:30", "17:30"]]
TET_2026 = [f"2026-02-{day}" for day in range(16, 21)]

HANOI_DATA: dict[str, Any] = {
    "timezone": "Asia/Ho_Chi_Minh",
    "weekly": dict.fromkeys(WEEK[:5], OFFICE),
    "closed": ["2026-01-01", "2026-01-02", *TET_2026, "2026-11-24"],
    "special": {"2026-01-10": OFFICE},
}
HANOI = WorkingCalendar.from_dict(HANOI_DATA)


def every_day(timezone: str, *periods: list[str]) -> WorkingCalendar:
    """The same hours on all seven days."""
    return WorkingCalendar.from_dict({"timezone": timezone, "weekly": {key: list(periods) for key in WEEK}})


def hanoi(text: str) -> datetime:
    """A local time in Hanoi: hanoi("2026-11-23 15:30")."""
    return local(text, "Asia/Ho_Chi_Minh")


def local(text: str, timezone: str, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(timezone), fold=fold)
