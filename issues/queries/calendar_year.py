"""One year of a calendar, day by day: what counts as working time, why, and where the city differs from the package.

Pure over what it is given: the calendar's row, its corrected days and the published public holidays. No queries.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from issues.clocks import public_holidays
from issues.clocks.calendars import build
from issues.models import Calendar, CalendarDay
from issues.sla import WorkingCalendar
from issues.sla.opening_hours import WEEKDAYS

Hours = tuple[tuple[str, str], ...]  # ("08:00", "12:00"), ...


class DayKind(StrEnum):
    """What a day is, for the eye; the words are in the page."""

    WORKING = "working"
    HALF = "half"  # open for less than the usual day
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    CLOSED = "closed"  # a working day that the city closes
    OPENED = "opened"  # open, though week or holidays would close it


class Basis(StrEnum):
    """What decides a day."""

    WEEK = "week"
    PACKAGE = "package"
    CITY = "city"  # a corrected row


@dataclass(frozen=True)
class YearDay:
    """One day. Hours are local, as ("08:00", "12:00")."""

    date: date
    kind: DayKind
    basis: Basis
    minutes: int
    hours: Hours
    holiday: str = ""  # its name in the package
    estimated: bool = False  # by the package
    note: str = ""
    source: str = ""
    differs: bool = False  # the package would have it otherwise


@dataclass(frozen=True)
class Month:
    """A month with its weeks from Monday on; None where a week reaches into another month."""

    first: date
    weeks: tuple[tuple[YearDay | None, ...], ...]

    @property
    def days(self) -> list[YearDay]:
        return [day for week in self.weeks for day in week if day is not None]

    @property
    def working_days(self) -> int:
        return sum(1 for day in self.days if day.minutes)

    @property
    def minutes(self) -> int:
        return sum(day.minutes for day in self.days)


@dataclass(frozen=True)
class Difference:
    """A day for which a corrected row says something else than week and package."""

    day: YearDay
    package_hours: Hours
    package_holiday: str


@dataclass(frozen=True)
class CalendarYear:
    """Twelve months, and what stands out in them."""

    year: int
    months: tuple[Month, ...]
    usual_minutes: int
    differences: tuple[Difference, ...]
    needless: tuple[YearDay, ...]  # corrected rows that say what week and package say anyway
    is_estimate: bool  # the holidays of this year are not announced yet, as far as the package knows

    @property
    def days(self) -> list[YearDay]:
        return [day for month in self.months for day in month.days]

    @property
    def working_days(self) -> int:
        return sum(month.working_days for month in self.months)

    @property
    def minutes(self) -> int:
        return sum(month.minutes for month in self.months)

    def count(self, kind: DayKind) -> int:
        """Days of a kind in the year."""
        return sum(1 for day in self.days if day.kind == kind)


def calendar_year(row: Calendar, days: Iterable[CalendarDay], year: int, *, language: str = "vi") -> CalendarYear:
    """The year of a calendar with these corrected days; names and notes in `language` ("vi" or "en")."""
    corrected = {day.date: day for day in days}
    reading = _Reading(row, corrected, year, language)
    months = tuple(_month(year, month, reading) for month in range(1, 13))
    found = [day for month in months for day in month.days]
    return CalendarYear(
        year=year,
        months=months,
        usual_minutes=reading.usual,
        differences=tuple(reading.difference(day) for day in found if day.differs),
        needless=tuple(day for day in found if day.date in corrected and not day.differs),
        is_estimate=public_holidays.is_estimate(row.holidays_country, year),
    )


class _Reading:
    """The calendar with and without the corrected days, and the holidays' names of one year."""

    def __init__(self, row: Calendar, corrected: dict[date, CalendarDay], year: int, language: str) -> None:
        self._corrected, self._language, self._weekly = corrected, language, row.weekly
        self._city = build(row, corrected.values(), years=(year, year))
        self._package = build(row, (), years=(year, year))
        self._names = public_holidays.names(row.holidays_country, year, language)
        self.usual = _usual_minutes(row)

    def day(self, day: date) -> YearDay:
        row, hours, package = self._corrected.get(day), _hours(self._city, day), _hours(self._package, day)
        minutes, holiday = _minutes(hours), self._names.get(day)
        basis = Basis.CITY if row else self._basis(day, package)
        return YearDay(
            date=day,
            kind=self._kind(day, minutes, opened=basis == Basis.PACKAGE or (row is not None and not package)),
            basis=basis,
            minutes=minutes,
            hours=hours,
            holiday=holiday.name if holiday else "",
            estimated=holiday.estimated if holiday else False,
            note=_note(row, self._language) if row else "",
            source=row.source if row else "",
            differs=row is not None and hours != package,
        )

    def difference(self, day: YearDay) -> Difference:
        return Difference(day, _hours(self._package, day.date), day.holiday)

    def _basis(self, day: date, package: Hours) -> Basis:
        by_week = not self._is_weekend(day)
        return Basis.WEEK if bool(package) == by_week and day not in self._names else Basis.PACKAGE

    def _kind(self, day: date, minutes: int, *, opened: bool) -> DayKind:
        if minutes:
            if opened:
                return DayKind.OPENED
            return DayKind.HALF if minutes < self.usual else DayKind.WORKING
        if day in self._names:
            return DayKind.HOLIDAY
        return DayKind.WEEKEND if self._is_weekend(day) else DayKind.CLOSED

    def _is_weekend(self, day: date) -> bool:
        return not self._weekly.get(WEEKDAYS[day.weekday()])


def _month(year: int, month: int, reading: _Reading) -> Month:
    first = date(year, month, 1)
    following = date(year + month // 12, month % 12 + 1, 1)
    days = [reading.day(first + timedelta(days=n)) for n in range((following - first).days)]
    cells: list[YearDay | None] = [*[None] * first.weekday(), *days]
    cells += [None] * (-len(cells) % 7)
    return Month(first, tuple(tuple(cells[n : n + 7]) for n in range(0, len(cells), 7)))


def _usual_minutes(row: Calendar) -> int:
    """The length that most days of the week have; of several, the longest."""
    lengths = [
        _minutes(tuple((opening, closing) for opening, closing in periods))
        for periods in row.weekly.values()
        if periods
    ]
    return max(lengths, key=lambda length: (lengths.count(length), length), default=0)


def _hours(calendar: WorkingCalendar, day: date) -> Hours:
    """Opening hours on the wall clock; a period that ends with the day ends at 24:00."""
    return tuple(
        (f"{opening:%H:%M}", f"{closing:%H:%M}" if closing.date() == day else "24:00")
        for opening, closing in calendar.periods(day)
    )


def _minutes(hours: Hours) -> int:
    return sum(_clock(closing) - _clock(opening) for opening, closing in hours)


def _clock(text: str) -> int:
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)


def _note(row: CalendarDay, language: str) -> str:
    return (row.note_en or row.note_vi) if language == "en" else (row.note_vi or row.note_en)
