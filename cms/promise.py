"""What somebody who files right now is promised, in words and as the day bar of the home page."""

import itertools
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from core import clock
from issues.calendars import default_calendar
from issues.sla import SameDay, WorkingCalendar, cutoff, deadline

TARGET = SameDay()
SOON = timedelta(minutes=30)


@dataclass(frozen=True)
class Mark:
    """An hour under the bar; `key` ones are written even where there is little room."""

    at: float
    text: str
    key: bool


@dataclass(frozen=True)
class Day:
    """One working day of the bar. All positions are percentages from first opening to last closing; None is absent."""

    date: date
    gap: tuple[float, float]
    hours: list[Mark]
    now: float | None = None
    cutoff: float | None = None
    due: float | None = None
    left_from: float | None = None


@dataclass(frozen=True)
class Promise:
    """`cutoff_at` is set while filing today still means an answer today; `late_due_at` is the limit after it."""

    now: datetime
    due_at: datetime
    days: list[Day]
    cutoff_at: datetime | None = None
    late_due_at: datetime | None = None
    minutes_to_cutoff: int = 0
    minimum_hours: int = 2
    is_working_day: bool = True

    @property
    def is_soon(self) -> bool:
        return self.cutoff_at is not None and timedelta(minutes=self.minutes_to_cutoff) <= SOON


def promise(moment: datetime | None = None) -> Promise:
    """The promise at `moment`, by default now. Raises CalendarError without a calendar that ever opens."""
    calendar = default_calendar()
    now = timezone.localtime(moment or clock.now())
    due_at = deadline(calendar=calendar, target=TARGET, start=now).due_at
    if due_at is None:
        raise AssertionError("a deadline without pauses is always set")
    due_at = timezone.localtime(due_at)
    today = calendar.local_date(now)
    limit = cutoff(calendar, TARGET, today)
    in_time = limit is not None and now <= limit
    return Promise(
        now=now,
        due_at=due_at,
        days=_days(calendar, now, due_at, limit if in_time else None),
        cutoff_at=timezone.localtime(limit) if limit is not None and in_time else None,
        late_due_at=_late_due(calendar, limit) if limit is not None and in_time else None,
        minutes_to_cutoff=int((limit - now).total_seconds() // 60) if limit is not None and in_time else 0,
        minimum_hours=int(TARGET.minimum.total_seconds() // 3600),
        is_working_day=calendar.is_working_day(today),
    )


def _late_due(calendar: WorkingCalendar, limit: datetime) -> datetime | None:
    late = deadline(calendar=calendar, target=TARGET, start=limit + timedelta(minutes=1)).due_at
    return timezone.localtime(late) if late else None


def _days(calendar: WorkingCalendar, now: datetime, due_at: datetime, limit: datetime | None) -> list[Day]:
    """Today while it is still open, then the day of the limit."""
    today, due_day = calendar.local_date(now), calendar.local_date(due_at)
    closing = calendar.last_closing(today)
    shown = [today] if closing is not None and now < closing else []
    return [_day(calendar, day, now, due_at, limit) for day in dict.fromkeys([*shown, due_day])]


def _day(calendar: WorkingCalendar, day: date, now: datetime, due_at: datetime, limit: datetime | None) -> Day:
    periods = [(timezone.localtime(opens), timezone.localtime(closes)) for opens, closes in calendar.periods(day)]
    first, last = periods[0][0], periods[-1][1]

    def at(moment: datetime) -> float:
        return round(min(1.0, max(0.0, (moment - first) / (last - first))) * 100, 2)

    breaks = [(at(a[1]), at(b[0])) for a, b in itertools.pairwise(periods)]
    is_today, is_due = day == now.date(), day == due_at.date()
    return Day(
        date=day,
        gap=max(breaks, key=lambda pair: pair[1] - pair[0], default=(100.0, 100.0)),
        hours=_hours(periods, at),
        now=at(now) if is_today else None,
        cutoff=at(limit) if limit is not None and is_today else None,
        due=at(due_at) if is_due else None,
        left_from=at(now) if is_today else 0.0,
    )


def _hours(periods: list[tuple[datetime, datetime]], at) -> list[Mark]:  # type: ignore[no-untyped-def]
    marks: dict[datetime, Mark] = {}
    for opens, closes in periods:
        hour = opens
        while hour < closes:
            text = f"{hour:%H:%M}" if hour.minute else f"{hour:%H}"
            marks[hour] = Mark(at(hour), text, hour == opens)
            hour += timedelta(hours=1)
        marks[closes] = Mark(at(closes), f"{closes:%H:%M}" if closes.minute else f"{closes:%H}", True)
    return [marks[hour] for hour in sorted(marks)]
