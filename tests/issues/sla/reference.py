"""The clock once more, as slow and plain as can be: look at every single minute on the wall.

Shares no code with `issues.sla`. Only for minute-aligned moments, and for calendars whose opening hours do not start
or end inside an hour that a daylight-saving change repeats.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)
NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class MinuteClock:
    def __init__(self, data: dict[str, Any]) -> None:
        self.zone = ZoneInfo(data["timezone"])
        self.data = data
        self.hours: dict[date, list[tuple[int, int]]] = {}

    def open(self, at: datetime) -> bool:
        """Is the minute that begins at `at` a working minute?"""
        wall = at.astimezone(self.zone)
        day = wall.date()
        if day not in self.hours:
            self.hours[day] = self._hours(day)
        minute = wall.hour * 60 + wall.minute
        return any(opening <= minute < closing for opening, closing in self.hours[day])

    def add(self, start: datetime, minutes: int) -> datetime:
        at = start.astimezone(UTC)
        if minutes == 0:
            while not (self.open(at) or (at == start and self.open(at - MINUTE))):
                at += MINUTE
            return at
        return self.work_off(at, minutes, [])

    def between(self, start: datetime, end: datetime) -> int:
        at, minutes = start.astimezone(UTC), 0
        while at < end:
            minutes += self.open(at)
            at += MINUTE
        return minutes

    def work_off(
        self, start: datetime, minutes: int, pauses: Iterable[tuple[datetime, datetime | None]]
    ) -> datetime | None:
        """Live through every minute from `start`, skipping the pauses, until the minutes are used up."""
        at = start.astimezone(UTC)
        pauses = list(pauses)
        while minutes:
            paused = [end for begin, end in pauses if begin <= at and (end is None or at < end)]
            if paused and paused[0] is None:
                return None
            if not paused:
                minutes -= self.open(at)
            at += MINUTE
        return at

    def same_day(self, start: datetime, minimum: int) -> datetime:
        """Last closing of the day of receipt, or of the next working day."""
        day = start.astimezone(self.zone).date()
        closing = self.last_closing(day)
        if closing is not None and closing >= start and self.between(start, closing) >= minimum:
            return closing
        return self.working_days(start, 1)

    def working_days(self, start: datetime, days: int) -> datetime:
        day = start.astimezone(self.zone).date()
        while True:
            day += timedelta(days=1)
            closing = self.last_closing(day)
            if closing is not None:
                days -= 1
                if days == 0:
                    return closing

    def last_closing(self, day: date) -> datetime | None:
        at = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(days=1)
        last = None
        for _ in range(3 * 24 * 60):
            if at.astimezone(self.zone).date() == day and self.open(at):
                last = at + MINUTE
            at += MINUTE
        return last

    def _hours(self, day: date) -> list[tuple[int, int]]:
        text = day.isoformat()
        periods = self.data["weekly"].get(NAMES[day.weekday()], [])
        if text in self.data.get("closed", []):
            periods = []
        if text in self.data.get("special", {}):
            periods = self.data["special"][text]
        return [(_minute(opening), _minute(closing)) for opening, closing in periods]


def _minute(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)
