"""Targets: how long an answer may take."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from issues.sla.errors import CalendarError
from issues.sla.instants import amount

LONGEST_DAYS = 3660
"""Ten years: a longer target is a slip of the pen, and would be looked for day by day."""

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class SameDay:
    """Due at the last closing of the day of receipt if `minimum` working time is left in it, else of the next one."""

    minimum: timedelta = timedelta(hours=2)

    def __post_init__(self) -> None:
        amount(self.minimum, "minimum")


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """Due when `time` working time has passed since receipt."""

    time: timedelta

    def __post_init__(self) -> None:
        amount(self.time, "working time")
        if self.time > timedelta(days=LONGEST_DAYS):
            raise CalendarError(f"The working time {self.time} is longer than {LONGEST_DAYS} days.")


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Due at the last closing of the n-th working day after the day of receipt."""

    days: int

    def __post_init__(self) -> None:
        if not isinstance(self.days, int) or isinstance(self.days, bool):
            raise CalendarError(f"{self.days!r} is not a number of working days.")
        if not 1 <= self.days <= LONGEST_DAYS:
            raise CalendarError(f"{self.days} working days is not between 1 and {LONGEST_DAYS}.")


Target = SameDay | WorkingTime | WorkingDays


def target_from_dict(data: Mapping[str, Any]) -> Target:
    """Read a target from JSON.

    {"type": "same_day", "minimum_minutes": 120}, {"type": "working_time", "minutes": 60} or
    {"type": "working_days", "days": 5}; CalendarError for anything else.
    """
    if not isinstance(data, Mapping):
        raise CalendarError(f"{data!r} is not a target.")
    match dict(data):
        case {"type": "same_day", "minimum_minutes": minutes, **rest} if not rest:
            return SameDay(_minutes(minutes))
        case {"type": "same_day", **rest} if not rest:
            return SameDay()
        case {"type": "working_time", "minutes": minutes, **rest} if not rest:
            return WorkingTime(_minutes(minutes))
        case {"type": "working_days", "days": days, **rest} if not rest:
            return WorkingDays(days)
    raise CalendarError(f"{dict(data)!r} is not a target of type same_day, working_time or working_days.")


def target_to_dict(target: Target) -> dict[str, Any]:
    """Write a target as JSON; minutes are whole numbers where the target allows it."""
    match target:
        case SameDay(minimum):
            return {"type": "same_day", "minimum_minutes": _number(minimum)}
        case WorkingTime(time):
            return {"type": "working_time", "minutes": _number(time)}
        case WorkingDays(days):
            return {"type": "working_days", "days": days}
    raise CalendarError(f"{target!r} is not a target.")


def _minutes(value: object) -> timedelta:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise CalendarError(f"{value!r} is not a number of minutes.")
    try:
        return timedelta(minutes=value)
    except (OverflowError, ValueError) as error:
        raise CalendarError(f"{value!r} is not a usable number of minutes.") from error


def _number(duration: timedelta) -> int | float:
    whole, rest = divmod(duration, _MINUTE)
    return duration / _MINUTE if rest else whole
