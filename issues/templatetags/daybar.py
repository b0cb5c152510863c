"""`{% load daybar %}`: a clock as a drawn day and as words. Every tag takes a ClockView (queries.clock_view)."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.template.context import Context

from core import wording
from issues.charts import daybar
from issues.charts.clock_lines import ClockLine, LineWords
from issues.clocks.clock_view import ClockView
from issues.sentences.clock_words import ClockWords

register = template.Library()


def _hours(context: Context) -> str:
    return getattr(context.get("user"), "time_format", None) or "24"


def _base(context: Context, view: ClockView | None) -> dict[str, Any]:
    words = ClockWords(view, _hours(context)) if view is not None else None
    return {"view": view, "words": words, "hours": _hours(context)}


@register.inclusion_tag("issues/daybar/large.html", takes_context=True)
def daybar_lg(
    context: Context, view: ClockView | None, note: str = "", lines: Sequence[ClockLine] = ()
) -> dict[str, Any]:
    """The large bar with labels and hours; `note` is one more sentence under the words. Long terms: a cell a day.

    `lines`: the other clocks of the ticket, each a thin bar under it on the same days and hours.
    """
    base = _base(context, view)
    if view is None:
        return base
    days = daybar.days(view, [line.view for line in lines])
    thin = [
        {"line": line, "words": LineWords(line, base["hours"]), "days": daybar.beside(line.view, view, days)}
        for line in lines
    ]
    return {**base, "days": days, "note": note, "large": len(days) <= daybar.MOST_LARGE_DAYS, "lines": thin}


@register.inclusion_tag("issues/daybar/days.html", takes_context=True)
def daybar_days(context: Context, view: ClockView) -> dict[str, Any]:
    """The drawing of the large bar alone, for a page that has words of its own beside it."""
    return {**_base(context, view), "days": daybar.days(view)}


@register.inclusion_tag("issues/daybar/row.html", takes_context=True)
def daybar_row(context: Context, view: ClockView | None) -> dict[str, Any]:
    """A row of a list: the short words, the due time, and today's bar."""
    return {**_base(context, view), "day": daybar.row(view) if view is not None and _touches_today(view) else None}


def _touches_today(view: ClockView) -> bool:
    """What was over before today has nothing to draw on today's axis."""
    local_date = view.calendar.local_date
    return view.stopped_at is None or local_date(view.stopped_at) == local_date(view.now)


@register.inclusion_tag("issues/daybar/words.html", takes_context=True)
def clock_words(context: Context, view: ClockView | None) -> dict[str, Any]:
    """The sentence alone: “Còn 2 giờ 10 phút làm việc, hạn 17:30 hôm nay”."""
    return _base(context, view)


@register.inclusion_tag("issues/daybar/brief.html", takes_context=True)
def clock_brief(context: Context, view: ClockView | None) -> dict[str, Any]:
    """The short words with their icon: “còn 2 giờ 10”."""
    return _base(context, view)


@register.simple_tag(takes_context=True)
def mark_label(context: Context, mark: daybar.Mark, view: ClockView) -> str:
    """The time under a mark; with the day where the mark is not on its own day."""
    text = wording.local_time(mark.at, clock=_mark_hours(context)) or ""
    is_elsewhere = mark.kind == "received" and mark.position == 0 and not view.calendar.is_open(mark.at)
    return wording.local_moment(mark.at, now=view.now, clock=_mark_hours(context)) or text if is_elsewhere else text


def _mark_hours(context: Context) -> str:
    return str(context.get("hours") or _hours(context))


@register.simple_tag(takes_context=True)
def hour_label(context: Context, hour: daybar.Hour, zone_of: ClockView) -> str:
    """A number of the scale: "08", "13:30"; on a 12-hour clock "8", "1:30"."""
    local = hour.at.astimezone(zone_of.calendar.zone)
    if _mark_hours(context) == "12":
        return f"{local.hour % 12 or 12}" + (f":{local:%M}" if local.minute else "")
    return f"{local:%H:%M}" if local.minute else f"{local:%H}"


@register.filter
def bar_day(day: daybar.Day, view: ClockView) -> str:
    """The day under a bar: "thứ Tư 18/11, hôm nay"."""
    text = wording.local_date(day.date, style="day") or ""
    distance = (day.date - view.calendar.local_date(view.now)).days
    words = wording.wording()
    near = {0: words.today, 1: words.tomorrow, -1: words.yesterday}.get(distance)
    named = f"{text}, {near}" if near else text
    return named[:1].upper() + named[1:]


@register.filter
def bar_cell(day: daybar.Day) -> str:
    """The day under a cell, short: "T4 18"."""
    return f"{wording.wording().weekdays_short[day.date.weekday()]} {day.date.day}"
