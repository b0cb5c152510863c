"""The clock of rows once more, minute by minute: nothing here is shared with the product's arithmetic."""

from datetime import date, datetime, timedelta
from typing import Any

import holidays

from issues.models import Calendar, TicketClock
from tests.issues.sla.reference import MINUTE, NAMES, MinuteClock


class RememberingClock(MinuteClock):
    """The same, and what it has looked at once it knows: many clocks live through the same minutes."""

    def __init__(self, data: dict[str, Any]) -> None:
        super().__init__(data)
        self._open: dict[datetime, bool] = {}
        self._closings: dict[date, datetime | None] = {}

    def open(self, at: datetime) -> bool:
        found = self._open.get(at)
        if found is None:
            found = self._open[at] = super().open(at)
        return found

    def last_closing(self, day: date) -> datetime | None:
        if day not in self._closings:
            self._closings[day] = super().last_closing(day)
        return self._closings[day]


class Reference:
    """Due times and used minutes of clock rows between two days, from the calendar's rows alone."""

    def __init__(self, first: date, last: date) -> None:
        self.days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        self._clocks: dict[int, RememberingClock] = {}

    def forget(self) -> None:
        """A calendar was edited."""
        self._clocks.clear()

    def clock_of(self, row: TicketClock) -> RememberingClock:
        if row.calendar_id not in self._clocks:
            calendar = Calendar.objects.get(pk=row.calendar_id)
            hours = {day.isoformat(): periods for day, periods in self._hours(calendar).items()}
            self._clocks[row.calendar_id] = RememberingClock(
                {"timezone": calendar.timezone, "weekly": {}, "closed": [], "special": hours}
            )
        return self._clocks[row.calendar_id]

    def first_due(self, row: TicketClock) -> datetime:
        """What would be due without pauses."""
        reference, start, target = self.clock_of(row), row.started_at, row.target
        match target["type"]:
            case "same_day":
                return reference.same_day(start, target.get("minimum_minutes", 120))
            case "working_days":
                return reference.working_days(start, target["days"])
            case "working_time":
                return self._work_off(row, target["minutes"] * 60, [])
        raise AssertionError(target)

    def due(self, row: TicketClock) -> datetime:
        """What is due with the pauses that have ended, and not before what was granted or promised."""
        pauses = [pause for pause in row.counted_pauses() if pause[1] is not None]
        found = self.first_due(row)
        if pauses:
            if row.target["type"] == "working_time":
                seconds = float(row.target["minutes"] * 60)
            else:
                seconds = self.clock_of(row).between(row.started_at, found) * 60
            found = self._work_off(row, seconds, pauses)
        return max(found, row.due_not_before or found)

    def total(self, row: TicketClock) -> float:
        """Seconds of working time from the start to the due time, pauses apart."""
        if row.target["type"] == "working_time" and row.due_not_before is None:
            return float(row.target["minutes"] * 60)
        return self.used(row, self.due(row))

    def calendar_of(self, agency_id: int | None) -> int:
        """By which calendar an agency works."""
        own = Calendar.objects.filter(agencies=agency_id).first() if agency_id else None
        return (own or Calendar.objects.get(is_default=True)).pk

    def used(self, row: TicketClock, at: datetime) -> float:
        """Seconds of working time from the start to `at`, pauses apart."""
        reference = self.clock_of(row)
        minutes, now = 0, row.started_at
        pauses = row.counted_pauses()
        while now < at:
            if not any(began <= now and (ended is None or now < ended) for began, ended in pauses):
                minutes += reference.open(now)
            now += MINUTE
        return minutes * 60

    def _work_off(self, row: TicketClock, seconds: float, pauses: Any) -> datetime:
        """To the half minute: the last minute begun is gone back by what is not needed of it."""
        minutes = -int(-seconds // 60)
        at = self.clock_of(row).work_off(row.started_at, minutes, pauses)
        assert at is not None
        return at - timedelta(seconds=minutes * 60 - seconds)

    def _hours(self, calendar: Calendar) -> dict[date, list[list[str]]]:
        corrected = {day.date: day.periods if day.kind == "special" else [] for day in calendar.days.all()}
        country = holidays.country_holidays(calendar.holidays_country) if calendar.holidays_country else {}
        return {day: corrected[day] if day in corrected else _usual(calendar, country, day) for day in self.days}


def _usual(calendar: Calendar, country: Any, day: date) -> list[list[str]]:
    weekly: list[list[str]] = calendar.weekly.get(NAMES[day.weekday()], [])
    if day in country:
        return []
    if day.weekday() >= 5 and country and country.is_working_day(day):
        return calendar.weekly["mon"]  # a make-up working day
    return weekly
