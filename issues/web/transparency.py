"""The published indices: a page for people, the same numbers as CSV."""

import csv
import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.db.models import Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import Agency
from core import clock, limits, wording
from core.spreadsheets import csv_value
from issues.charts import charts
from issues.clocks import calendars
from issues.models import TicketEvent
from issues.queries.indices import (
    BUCKETS,
    DEFINITIONS,
    WORKING_DAYS,
    Group,
    Indices,
    Period,
    indices,
    last_working_days,
    month,
)
from issues.queries.public import recent_answers

_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
_MOST_MONTHS = 12
_PUBLISHED = 5


@dataclass(frozen=True)
class PeriodChoice:
    """A period that can be chosen; `value` is its name in the address."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class AgencyRow:
    """One agency's answers."""

    name: str
    group: Group

    @property
    def dots(self) -> bool:
        """Whether each case is drawn; a long row of them would show nothing."""
        return self.group.rate.whole <= 20


@require_safe
def transparency(request: HttpRequest) -> HttpResponse:
    """The indices of a period with their definitions."""
    value, period = _period(request)
    found = indices(period)
    context = {
        "indices": found,
        "definitions": DEFINITIONS,
        "periods": _choices(value),
        "period": value,
        "now": clock.now(),
        "in_time_chart": charts.bars([(_day(g.key), g.in_time, g.late) for g in found.days]),
        "day_length": calendars.day_minutes(calendars.default_calendar(), clock.now()),
        "median_chart": _median_chart(found),
        "bucket_chart": charts.bars([(label, n, 0) for label, n in zip(_bucket_labels(), found.buckets, strict=True)]),
        "over_a_day": found.buckets[-1],
        "agencies": _agency_rows(found),
        "published": recent_answers(_PUBLISHED),
    }
    return render(request, "issues/transparency/page.html", context)


@require_safe
def transparency_csv(request: HttpRequest) -> HttpResponse:
    """The counts of a period by day and by agency, one row each."""
    limits.spend("export.address", limits.caller_key(request))  # the same for everybody: nobody is looked up
    value, period = _period(request)
    found = indices(period)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="trong-ngay-{value}.csv"'
    response.write("\ufeff")  # spreadsheets read Vietnamese by it
    writer = csv.writer(response)
    writer.writerow(["group", "key", "answers", "in_time", "median_working_minutes"])
    writer.writerow(["all", f"{period.first}/{period.last}", found.answered, found.same_day.part, found.median_minutes])
    for name, groups in (("day", found.days), ("agency", found.agencies)):
        for group in groups:
            writer.writerow([name, csv_value(group.key), group.rate.whole, group.in_time, group.median_minutes])
    return response


def _period(request: HttpRequest) -> tuple[str, Period]:
    """The chosen period; the last working days for anything that is none."""
    matched = _MONTH.fullmatch(request.GET.get("period", ""))
    if matched:
        return matched[0], month(int(matched[1]), int(matched[2]))
    return "recent", last_working_days(clock.now())


def _choices(chosen: str) -> list[PeriodChoice]:
    """The last working days, and each month since the log began, newest first."""
    recent = last_working_days(clock.now())
    label = _("{n} working days, {first} to {last}").format(
        n=WORKING_DAYS, first=_day(recent.first), last=_day(recent.last)
    )
    choices = [PeriodChoice("recent", label, chosen == "recent")]
    began = TicketEvent.objects.aggregate(first=Min("at"))["first"]
    day, first = timezone.localdate(clock.now()), timezone.localdate(began) if began else None
    while first is not None and day >= first.replace(day=1) and len(choices) <= _MOST_MONTHS:
        value = f"{day:%Y-%m}"
        choices.append(PeriodChoice(value, wording.local_date(day, style="month") or value, chosen == value))
        day = _month_before(day)
    return choices


def _month_before(day: date) -> date:
    return date(day.year - 1, 12, 1) if day.month == 1 else date(day.year, day.month - 1, 1)


def _day(day: date) -> str:
    """A day on an axis: "18/11"."""
    return f"{day.day}/{day.month}"


def _median_chart(found: Indices) -> charts.Line | None:
    if found.median_minutes is None:
        return None
    values = [(_day(g.key), g.median_minutes, _clock(g.median_minutes)) for g in found.days]
    return charts.line(values, found.median_minutes)


def _clock(minutes: int | None) -> str:
    return "" if minutes is None else f"{minutes // 60}:{minutes % 60:02d}"


def _bucket_labels() -> list[str]:
    hours = [limit // 60 for limit in BUCKETS]
    between = [f"{low}–{high}" for low, high in pairwise(hours)]
    return [_("under {n}").format(n=hours[0]), *between, _("over {n}").format(n=hours[-1])]


def _agency_rows(found: Indices) -> list[AgencyRow]:
    names = {a.code: a.name for a in Agency.objects.filter(code__in=[group.key for group in found.agencies])}
    return [AgencyRow(names.get(group.key, group.key), group) for group in found.agencies]
