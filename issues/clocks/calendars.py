"""Working calendars built from rows and from the published public holidays.

The rows are cached for a few seconds (settings, cache "process"); what is built from them serves as long as they say
the same.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.core.cache import caches

from accounts.models import Agency
from core import clock
from issues.clocks import public_holidays
from issues.models import Calendar, CalendarDay
from issues.sla import CalendarError, WorkingCalendar

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CACHE_KEY = "calendars"
_VERSIONS = 4  # of the rows, for which what was built is kept
_YEARS_BEHIND, _YEARS_AHEAD = 3, 2


@dataclass(frozen=True)
class _Built:
    by_id: dict[int, WorkingCalendar]
    by_agency: dict[int, int]
    default_id: int
    countries: dict[int, str]
    notes: dict[int, dict[date, tuple[str, str]]]  # of corrected days, in Vietnamese and English


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


def day_minutes(calendar: WorkingCalendar, moment: datetime) -> int:
    """Working minutes of the local day of an instant, or of the next working day."""
    day = calendar.local_date(moment)
    if not calendar.is_working_day(day):
        day = calendar.next_working_day(day)
    periods = calendar.periods(day)
    return int(sum((calendar.between(a, b) for a, b in periods), timedelta()).total_seconds() // 60)


def open_periods(moment: datetime) -> list[tuple[datetime, datetime]]:
    """The city's open periods of the local day of an instant, for the line under the masthead."""
    calendar = default_calendar()
    return list(calendar.periods(calendar.local_date(moment)))


def refresh() -> None:
    """Read the rows at the next question: for an edit in this process that must count immediately."""
    caches["process"].delete(_CACHE_KEY)


def _current() -> _Built:
    return _built(caches["process"].get_or_set(_CACHE_KEY, _rows), clock.now().year)


def _rows() -> str:
    """The rows of all calendars as JSON. Three queries."""
    return json.dumps(
        [
            {
                **{name: getattr(row, name) for name in ("pk", "is_default", "timezone", "weekly", "holidays_country")},
                "agencies": [agency.pk for agency in row.agencies.all()],
                "days": [
                    {
                        "date": day.date.isoformat(),
                        **{name: getattr(day, name) for name in ("kind", "periods", "note_vi", "note_en")},
                    }
                    for day in row.days.all()
                ],
            }
            for row in Calendar.objects.prefetch_related("days", "agencies")
        ]
    )


@lru_cache(maxsize=_VERSIONS)
def _built(rows: str, _year: int) -> _Built:
    """What `_rows` say, ready to be asked; the public holidays are those around the year."""
    found = json.loads(rows)
    default = next((row["pk"] for row in found if row["is_default"]), None)
    if default is None:
        raise CalendarError("no calendar is marked as the default one")
    by_id, notes = {}, {}
    for row in found:
        days = [CalendarDay(**{**day, "date": date.fromisoformat(day["date"])}) for day in row["days"]]
        named = Calendar(**{name: row[name] for name in ("pk", "timezone", "weekly", "holidays_country")})
        by_id[row["pk"]] = build(named, days)
        notes[row["pk"]] = {day.date: (day.note_vi, day.note_en) for day in days}
    return _Built(
        by_id=by_id,
        by_agency={agency: row["pk"] for row in found for agency in row["agencies"]},
        default_id=default,
        countries={row["pk"]: row["holidays_country"] for row in found},
        notes=notes,
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
