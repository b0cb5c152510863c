"""Opening rules as written in a calendar row: checked once, then asked day by day."""

import re
from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from issues.sla.errors import CalendarError

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

Periods = tuple[tuple[int, int], ...]
"""Opening periods of one day: (opening, closing) in minutes after midnight, in order."""

_TIME = re.compile(r"([0-9]{2}):([0-9]{2})")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Rules(NamedTuple):
    """Special days win over closed days, closed days win over the week."""

    weekly: dict[str, Periods]
    closed: frozenset[date]
    special: dict[date, Periods]

    def on(self, day: date) -> tuple[Periods, str]:
        """Periods of a date and the rule they come from: "special", "closed" or "weekly"."""
        special = self.special.get(day)
        if special is not None:
            return special, "special"
        if day in self.closed:
            return (), "closed"
        return self.weekly.get(WEEKDAYS[day.weekday()], ()), "weekly"


def read_rules(data: Mapping[str, Any]) -> Rules:
    """Check the "weekly", "closed" and "special" parts of a calendar; each may be left out."""
    weekly = _mapping(data.get("weekly", {}), "weekly")
    for key in weekly:
        if key not in WEEKDAYS:
            raise CalendarError(f"{key!r} is not a weekday; use {', '.join(WEEKDAYS)}.")
    closed = data.get("closed", [])
    if not isinstance(closed, list | tuple):
        raise CalendarError(f'"closed" is {closed!r} and not a list of dates.')
    special = _mapping(data.get("special", {}), "special")
    return Rules(
        weekly={key: _read_periods(weekly[key], key) for key in WEEKDAYS if key in weekly},
        closed=frozenset(_read_date(text) for text in closed),
        special={_read_date(text): _read_periods(special[text], text) for text in sorted(special)},
    )


def write_rules(rules: Rules) -> dict[str, Any]:
    """The same rules as JSON, in a fixed order."""
    return {
        "weekly": {key: _write_periods(periods) for key, periods in rules.weekly.items()},
        "closed": [day.isoformat() for day in sorted(rules.closed)],
        "special": {day.isoformat(): _write_periods(rules.special[day]) for day in sorted(rules.special)},
    }


def _mapping(value: object, name: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping) or not all(isinstance(key, str) for key in value):
        raise CalendarError(f'"{name}" is {value!r} and not an object of opening periods.')
    return value


def _read_date(text: object) -> date:
    if isinstance(text, str) and _DATE.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    raise CalendarError(f"{text!r} is not a date such as 2026-01-02.")


def _read_time(text: object, where: str) -> int:
    match = _TIME.fullmatch(text) if isinstance(text, str) else None
    if match is None or int(match[2]) > 59:
        raise CalendarError(f"{where}: {text!r} is not a time such as 08:00.")
    minutes = int(match[1]) * 60 + int(match[2])
    if minutes > 24 * 60:
        raise CalendarError(f"{where}: {text!r} is past 24:00.")
    return minutes


def _read_periods(value: object, where: str) -> Periods:
    if not isinstance(value, list | tuple):
        raise CalendarError(f"{where}: {value!r} is not a list of opening periods.")
    periods = []
    for item in value:
        if not isinstance(item, list | tuple) or len(item) != 2:
            raise CalendarError(f"{where}: {item!r} is not a pair of an opening and a closing time.")
        opening, closing = _read_time(item[0], where), _read_time(item[1], where)
        if closing <= opening:
            raise CalendarError(f"{where}: the period {item[0]}-{item[1]} does not end after it starts.")
        periods.append((opening, closing))
    periods.sort()
    for (_, closing), (opening, end) in pairwise(periods):
        if opening < closing:
            raise CalendarError(
                f"{where}: the period {_clock(opening)}-{_clock(end)} overlaps one that ends at {_clock(closing)}."
            )
    return tuple(periods)


def _write_periods(periods: Periods) -> list[list[str]]:
    return [[_clock(opening), _clock(closing)] for opening, closing in periods]


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
