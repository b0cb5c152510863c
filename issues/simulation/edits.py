"""Edits of working calendars, as an administrator makes them, and the job that follows."""

from datetime import datetime, timedelta

from django.utils import timezone

from core import clock
from issues.actions.recompute import recompute_pending
from issues.clocks import calendars
from issues.models import Calendar, CalendarDay
from issues.simulation.world import World

_HOURS = (
    [],
    [["08:00", "12:00"]],
    [["07:00", "12:00"], ["13:00", "16:00"]],
    [["08:00", "10:00"], ["10:30", "12:00"], ["13:30", "19:00"]],
)
_DAYS_BEHIND, _DAYS_AHEAD = 2, 12


def edit_calendar(world: World) -> str:
    """Correct a day near now, or take a correction back; its tickets wait for the job."""
    now = clock.now()
    calendar = world.chance.choice(list(Calendar.objects.order_by("pk")))
    day = timezone.localdate(now) + timedelta(days=world.chance.randint(-_DAYS_BEHIND, _DAYS_AHEAD))
    corrected = CalendarDay.objects.filter(calendar=calendar, date=day).first()
    if corrected is not None:
        corrected.delete()
    else:
        hours = world.chance.choice(_HOURS)
        kind = CalendarDay.Kind.SPECIAL if hours else CalendarDay.Kind.CLOSED
        CalendarDay.objects.create(calendar=calendar, date=day, kind=kind, periods=hours, note_vi="Điều chỉnh")
    _changed(calendar, now)
    return "edit_calendar"


def recompute() -> str:
    """The job that brings the open tickets of edited calendars up to date."""
    recompute_pending()
    return "recompute"


def _changed(calendar: Calendar, at: datetime) -> None:
    """Edited at this instant of the simulation, and not at that of the machine."""
    Calendar.objects.filter(pk=calendar.pk).update(changed_at=at)
    calendars.refresh()
