"""Working calendars built from rows and from the published public holidays.

A built calendar is kept for as long as its rows do not change; one cheap query a second tells.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max

from accounts.models import Agency
from core import clock
from issues.clocks import public_holidays
from issues.models import Calendar, CalendarDay
from issues.sla import CalendarError, WorkingCalendar

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CHECK_EVERY = 1.0  # seconds between two looks at whether the rows changed
_YEARS_BEHIND, _YEARS_AHEAD = 3, 2


@dataclass(frozen=True)
class _Built:
    by_id: dict[int, WorkingCalendar]
    by_agency: dict[int, int]
    default_id: int
    countries: dict[int, str]
    notes: dict[int, dict[date, tuple[str, str]]]  # of corrected days, in Vietnamese and English


_state: dict[str, Any] = {"version": None, "built": None, "checked": float("-inf")}


def calendar_for(agency: Agency | None) -> tuple[int, WorkingCalendar]:
    """The calendar row id and working calendar of an agency: its own, or the default one."""
    pk = calendar_id_for(agency.pk if agency else None)
    return pk, _current().by_id[pk]


def calendar_id_for(agency_id: int | None) -> int:
    """The calendar row id of an agency, or of nobody in particular."""
    built = _current()
    return built.by_agency.get(agency_id or 0, built.default_id)


def calendar_by_id(pk: int) -> WorkingCalendar:
    """The working calendar of one row."""
    return _current().by_id[pk]


def closed_because(pk: int, day: date, language: str) -> str:
    """Why a calendar is closed on a day: the note of the correction, else the holiday's name; empty at weekends."""
    built = _current()
    vietnamese, english = built.notes.get(pk, {}).get(day, ("", ""))
    note = (english or vietnamese) if language == "en" else (vietnamese or english)
    return note or public_holidays.name_of(built.countries.get(pk, ""), day, language)


def default_calendar() -> WorkingCalendar:
    """The city's calendar."""
    return calendar_for(None)[1]


def open_periods(moment: datetime) -> list[tuple[datetime, datetime]]:
    """The city's open periods of the local day of an instant, for the line under the masthead."""
    calendar = default_calendar()
    return list(calendar.periods(calendar.local_date(moment)))


def forget() -> None:
    """Read the rows anew at the next question (after an edit in this process)."""
    _state.update(version=None, built=None, checked=float("-inf"))


def _current() -> _Built:
    now = time.monotonic()
    if _state["built"] is None or now - _state["checked"] > _CHECK_EVERY:
        version = _version()
        if version != _state["version"]:
            _state.update(version=version, built=_build())
        _state["checked"] = now
    built: _Built = _state["built"]
    return built


def _version() -> tuple[Any, ...]:
    rows = Calendar.objects.aggregate(newest=Max("changed_at"), count=Count("pk"))
    return rows["newest"], rows["count"], clock.now().year


def _build() -> _Built:
    rows = list(Calendar.objects.prefetch_related("days", "agencies"))
    default = next((row for row in rows if row.is_default), None)
    if default is None:
        raise CalendarError("no calendar is marked as the default one")
    by_agency = {agency.pk: row.pk for row in rows for agency in row.agencies.all()}
    return _Built(
        by_id={row.pk: build(row, row.days.all()) for row in rows},
        by_agency=by_agency,
        default_id=default.pk,
        countries={row.pk: row.holidays_country for row in rows},
        notes={row.pk: {day.date: (day.note_vi, day.note_en) for day in row.days.all()} for row in rows},
    )


def build(row: Calendar, days: Iterable[CalendarDay], *, years: tuple[int, int] | None = None) -> WorkingCalendar:
    """The working calendar of a row: week, public holidays, make-up days, then the corrected days over all.

    The public holidays are those of `years` (first and last), by default those that a running clock can meet.
    """
    year = clock.now().year
    first, last = years or (year - _YEARS_BEHIND, year + _YEARS_AHEAD)
    closed = set(public_holidays.closed_days(row.holidays_country, first, last))
    special = dict.fromkeys(public_holidays.make_up_days(row.holidays_country, first, last), _full_day(row.weekly))
    for day in days:
        closed.discard(day.date)
        special.pop(day.date, None)
        if day.kind == CalendarDay.Kind.CLOSED:
            closed.add(day.date)
        else:
            special[day.date] = day.periods
    return WorkingCalendar.from_dict(
        {
            "timezone": row.timezone,
            "weekly": row.weekly,
            "closed": sorted(day.isoformat() for day in closed),
            "special": {day.isoformat(): periods for day, periods in sorted(special.items())},
        }
    )


def _full_day(weekly: dict[str, list[list[str]]]) -> list[list[str]]:
    """The hours of a make-up working day: those of the first ordinary working day of the week."""
    return next((weekly[name] for name in _WEEKDAYS if weekly.get(name)), [])
