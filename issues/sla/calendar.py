"""The working calendar: when time counts."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Self
from zoneinfo import ZoneInfo

from issues.sla.errors import CalendarError
from issues.sla.instants import amount, from_micros, to_micros
from issues.sla.opening_hours import Rules, read_rules, write_rules
from issues.sla.working_time import Timeline

_KEYS = {"timezone", "weekly", "closed", "special"}


class WorkingCalendar:
    """Opening hours of a week, days closed and days with hours of their own, in one time zone. Immutable.

    Instants that come in must be aware; those that go out are in the zone of the instant that came in, or in the
    calendar's own zone where a local date came in. A period includes its opening and excludes its closing.
    """

    def __init__(self, zone: ZoneInfo, rules: Rules) -> None:
        self.zone = zone
        self.timeline = Timeline(zone, rules)
        self._rules = rules

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read {"timezone", "weekly", "closed", "special"}; CalendarError names the first value that is wrong.

        Any number of periods a day, in any order; they may touch but not overlap, and "24:00" may end one.
        A day in "special" wins over "closed" (an empty list closes it), "closed" wins over "weekly".
        """
        if not isinstance(data, Mapping):
            raise CalendarError(f"{data!r} is not a calendar.")
        for key in data:
            if key not in _KEYS:
                raise CalendarError(f"{key!r} is not part of a calendar; use {', '.join(sorted(_KEYS))}.")
        return cls(_read_zone(data.get("timezone")), read_rules(data))

    def to_dict(self) -> dict[str, Any]:
        """The calendar as JSON, in a fixed order; `from_dict` reads it back to an equal calendar."""
        return {"timezone": self.zone.key, **write_rules(self._rules)}

    def add(self, start: datetime, working: timedelta) -> datetime:
        """The instant at which `working` time has passed since `start`.

        Time that ends exactly at a closing ends at that closing. No time at all ends at `start` itself if the
        calendar is open or closing then, else at the next opening. CalendarError when `working` is negative or
        no opening follows within 366 days, or the time ends more than 20 years later.
        """
        return from_micros(
            self.timeline.add(to_micros(start, "start"), amount(working, "working time")), start.tzinfo or self.zone
        )

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Working time from `start` to `end`; CalendarError when `end` is the earlier one or over 20 years later."""
        first, last = to_micros(start, "start"), to_micros(end, "end")
        if last < first:
            raise CalendarError(f"The end {end.isoformat()} is before the start {start.isoformat()}.")
        return timedelta(microseconds=self.timeline.between(first, last))

    def is_open(self, at: datetime) -> bool:
        """Whether working time passes at the instant."""
        return self.timeline.is_open(to_micros(at))

    def next_opening(self, at: datetime) -> datetime:
        """`at` itself if the calendar is open then, else the next opening."""
        return from_micros(self.timeline.opening(to_micros(at)), at.tzinfo or self.zone)

    def local_date(self, at: datetime) -> date:
        """The day of the calendar an instant belongs to."""
        return date.fromordinal(self.timeline.day_at(to_micros(at)).ordinal)

    def periods(self, day: date) -> list[tuple[datetime, datetime]]:
        """Opening periods of a local day as local times, touching ones joined.

        Measure them with `between`: Python subtracts two times of one zone by the wall clock.
        """
        found = self.timeline.day(day.toordinal()).periods
        return [(from_micros(start, self.zone), from_micros(end, self.zone)) for start, end in found]

    def is_working_day(self, day: date) -> bool:
        """Whether the calendar opens at all on a local day."""
        return bool(self.timeline.day(day.toordinal()).periods)

    def next_working_day(self, day: date) -> date:
        """The first working day after `day`; CalendarError when none follows within 366 days."""
        return date.fromordinal(self.timeline.next_working_day(day.toordinal()).ordinal)

    def last_closing(self, day: date) -> datetime | None:
        """The last closing of a local day; None when it is closed."""
        found = self.timeline.day(day.toordinal())
        return from_micros(found.last_closing, self.zone) if found.periods else None

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, WorkingCalendar):
            return NotImplemented
        return self._identity() == other._identity()

    def __hash__(self) -> int:
        return hash((self.zone.key, self._rules.closed, tuple(self._rules.special)))

    def __repr__(self) -> str:
        return f"WorkingCalendar({self.zone.key})"

    def __reduce__(self) -> tuple[Any, ...]:
        # The remembered days hold a reference to a method and cannot be pickled; they are cheap to work out again.
        return type(self).from_dict, (self.to_dict(),)

    def _identity(self) -> tuple[Any, ...]:
        weekly = {key: periods for key, periods in self._rules.weekly.items() if periods}
        return self.zone.key, weekly, self._rules.closed, self._rules.special


def _read_zone(name: object) -> ZoneInfo:
    if not isinstance(name, str) or not name:
        raise CalendarError(f'"timezone" is {name!r} and not the name of a time zone.')
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise CalendarError(f"{name!r} is not a known time zone.") from error
