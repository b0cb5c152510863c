"""The words of a calendar's year: what its page says of each day, month and difference."""

from dataclasses import dataclass
from datetime import date

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core import wording
from issues.admin.periods import write_periods
from issues.models import Calendar
from issues.queries.calendar_year import Basis, CalendarYear, DayKind, Hours, Month, YearDay, calendar_year

KINDS = {
    DayKind.WORKING: gettext_lazy("Working day"),
    DayKind.HALF: gettext_lazy("Shorter working day"),
    DayKind.OPENED: gettext_lazy("Specially opened"),
    DayKind.HOLIDAY: gettext_lazy("Public holiday"),
    DayKind.CLOSED: gettext_lazy("Closed by the city"),
    DayKind.WEEKEND: gettext_lazy("Weekly day off"),
}


@dataclass(frozen=True)
class DayWords:
    """One day of the page."""

    day: YearDay
    name: str
    label: str  # the whole day in one line, for those who do not see the grid
    lines: tuple[str, ...]  # what opens when it is chosen


@dataclass(frozen=True)
class MonthWords:
    """One month of the page."""

    name: str
    counts: str
    weeks: tuple[tuple[DayWords | None, ...], ...]


@dataclass(frozen=True)
class DifferenceWords:
    """A corrected day beside what the package says."""

    date: date
    name: str
    city: str
    package: str
    why: str
    source: str


@dataclass(frozen=True)
class YearPage:
    """Everything that the page of a year shows."""

    year: CalendarYear
    week: tuple[tuple[str, str], ...]  # short and whole names of the weekdays
    months: tuple[MonthWords, ...]
    legend: tuple[tuple[DayKind, str, int], ...]
    counts: str
    usual: str
    differences: tuple[DifferenceWords, ...]
    needless: tuple[str, ...]


def year_page(row: Calendar, year: int, language: str) -> YearPage:
    """Read the corrected days (one query) and say the year in the active language."""
    words = wording.wording()
    found = calendar_year(row, row.days.all(), year, language=language)
    return YearPage(
        year=found,
        week=tuple(zip(words.weekdays_short, words.weekdays, strict=True)),
        months=tuple(_month(month) for month in found.months),
        legend=tuple((kind, str(name), found.count(kind)) for kind, name in KINDS.items()),
        counts=_counts(found.working_days, found.minutes),
        usual=wording.duration(found.usual_minutes) or "",
        differences=tuple(
            DifferenceWords(
                date=difference.day.date,
                name=_day_name(difference.day.date),
                city=_says(difference.day.hours, difference.day.holiday),
                package=_says(difference.package_hours, difference.package_holiday),
                why=difference.day.note,
                source=difference.day.source,
            )
            for difference in found.differences
        ),
        needless=tuple(_day_name(day.date) for day in found.needless),
    )


def _month(month: Month) -> MonthWords:
    return MonthWords(
        name=str(MONTHS[month.first.month]),
        counts=_counts(month.working_days, month.minutes),
        weeks=tuple(tuple(_day(day) if day else None for day in week) for week in month.weeks),
    )


def _day(day: YearDay) -> DayWords:
    lines = [str(KINDS[day.kind])]
    if day.hours:
        lines.append(f"{_written(day.hours)} ({wording.duration(day.minutes)})")
    if day.holiday:
        lines.append(_("{holiday}, an estimate").format(holiday=day.holiday) if day.estimated else day.holiday)
    if day.note:
        lines.append(_("Note: {note}").format(note=day.note))
    if day.source:
        lines.append(_("Source: {source}").format(source=day.source))
    lines.append(_basis(day))
    label = ": ".join([_day_name(day.date), lines[0]])
    return DayWords(day, _day_name(day.date), f"{label} ≠" if day.differs else label, tuple(lines))


def _basis(day: YearDay) -> str:
    match day.basis:
        case Basis.CITY if day.differs:
            return _("Corrected by the city; the package of public holidays says otherwise.")
        case Basis.CITY:
            return _("Entered by the city; the package of public holidays says the same.")
        case Basis.PACKAGE:
            return _("From the package of public holidays.")
    return _("From the weekly hours.")


def _says(hours: Hours, holiday: str) -> str:
    if hours:
        return _("open {hours}").format(hours=_written(hours))
    return _("closed: {holiday}").format(holiday=holiday) if holiday else _("not a working day")


def _written(hours: Hours) -> str:
    return write_periods([[opening, closing] for opening, closing in hours])


def _counts(days: int, minutes: int) -> str:
    text = ngettext("{days} working day, {hours} hours", "{days} working days, {hours} hours", days)
    return text.format(days=days, hours=wording.number(minutes / 60, digits=1))


def _day_name(day: date) -> str:
    return wording.local_date(day, style="day") or ""
