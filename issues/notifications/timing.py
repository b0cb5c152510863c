"""When a mail may go: quiet hours and digests, by the person's wish and the working calendar. No database."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from issues.models.notification_choices import DigestTime
from issues.sla import CalendarError, WorkingCalendar

_DAYS_AHEAD = 366


@dataclass(frozen=True)
class Timing:
    """The wishes of one person. Hours are local to the calendar; a quiet time may run over midnight."""

    digest_time: str = DigestTime.OPENING
    digest_hour: int = 8
    quiet_from: time | None = None
    quiet_to: time | None = None
    quiet_closed_days: bool = False

    @property
    def has_quiet_hours(self) -> bool:
        return self.quiet_from is not None and self.quiet_to is not None and self.quiet_from != self.quiet_to


def quiet_until(timing: Timing, calendar: WorkingCalendar, at: datetime) -> datetime:
    """`at` itself outside of the quiet hours, else the instant at which they end.

    A closed day is quiet from its midnight until the next working day opens. Where no working day follows within a
    year, closed days do not count: a mail must go at some time.
    """
    moment = at
    for _step in range(8):  # hours may lead into a closed day, and its end into hours
        later = _after_hours(timing, calendar, _after_closed_days(timing, calendar, moment))
        if later == moment:
            break
        moment = later
    return moment


def is_quiet(timing: Timing, calendar: WorkingCalendar, at: datetime) -> bool:
    """Whether nothing may be sent at the instant."""
    return quiet_until(timing, calendar, at) > at


def next_digest(timing: Timing, calendar: WorkingCalendar, at: datetime) -> datetime:
    """The first digest after `at`, outside of the quiet hours."""
    day = at.astimezone(calendar.zone).date()
    for _day in range(_DAYS_AHEAD):
        moment = _digest_of(timing, calendar, day)
        if moment is not None and moment > at:
            return quiet_until(timing, calendar, moment)
        day += timedelta(days=1)
    return quiet_until(timing, calendar, at)


def _digest_of(timing: Timing, calendar: WorkingCalendar, day: date) -> datetime | None:
    """The digest of a local day; None on a closed day when it follows the working day."""
    if timing.digest_time == DigestTime.HOUR:
        return datetime.combine(day, time(timing.digest_hour), calendar.zone)
    periods = calendar.periods(day)
    if not periods:
        return None
    return periods[0][0] if timing.digest_time == DigestTime.OPENING else periods[-1][1]


def _after_closed_days(timing: Timing, calendar: WorkingCalendar, at: datetime) -> datetime:
    if not timing.quiet_closed_days:
        return at
    day = at.astimezone(calendar.zone).date()
    if calendar.is_working_day(day):
        return at
    try:
        return calendar.periods(calendar.next_working_day(day))[0][0]
    except CalendarError:
        return at


def _after_hours(timing: Timing, calendar: WorkingCalendar, at: datetime) -> datetime:
    if not timing.has_quiet_hours or timing.quiet_from is None or timing.quiet_to is None:
        return at
    local = at.astimezone(calendar.zone)
    now, start, end = local.time(), timing.quiet_from, timing.quiet_to
    over_midnight = start > end
    quiet = (now >= start or now < end) if over_midnight else start <= now < end
    if not quiet:
        return at
    day = local.date() + timedelta(days=1 if over_midnight and now >= start else 0)
    return datetime.combine(day, end, calendar.zone)
