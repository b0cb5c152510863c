"""Where the clock stands: working time used and left, and when a share of it is used up."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from issues.sla.calendar import WorkingCalendar
from issues.sla.deadline import deadline
from issues.sla.errors import CalendarError
from issues.sla.instants import from_micros, to_micros
from issues.sla.pauses import Pause, read_pauses, worked
from issues.sla.targets import Target


@dataclass(frozen=True, slots=True)
class Progress:
    """The clock at one instant: `used + remaining == total`, and `remaining` is negative when overdue."""

    used: timedelta
    remaining: timedelta
    total: timedelta
    paused: bool

    @property
    def fraction(self) -> float:
        """Share of the total used, above 1 when overdue; 1.0 where the target leaves no working time at all."""
        return self.used / self.total if self.total else 1.0


def used(calendar: WorkingCalendar, start: datetime, at: datetime, pauses: Iterable[Pause] = ()) -> timedelta:
    """Working time that passed from `start` to `at` outside pauses; nothing when `at` is not later."""
    begin = to_micros(start, "start")
    return timedelta(microseconds=worked(calendar.timeline, begin, to_micros(at), read_pauses(pauses, begin)))


def remaining(
    calendar: WorkingCalendar, start: datetime, first_due: datetime, at: datetime, pauses: Iterable[Pause] = ()
) -> timedelta:
    """Working time left at `at`, outside pauses; negative when overdue, by the working time since the due time.

    `first_due` is the due time before any pause (`Deadline.first_due_at`), so that this also works while paused.
    """
    return calendar.between(start, first_due) - used(calendar, start, at, pauses)


def progress(
    *, calendar: WorkingCalendar, target: Target, start: datetime, at: datetime, pauses: Iterable[Pause] = ()
) -> Progress:
    """Where the clock of a target stands at `at`; pauses that begin later do not count."""
    pauses = list(pauses)
    first_due = deadline(calendar=calendar, target=target, start=start).first_due_at
    total = calendar.between(start, first_due)
    spent = used(calendar, start, at, pauses)
    paused = any(began <= at and (ended is None or at < ended) for began, ended in pauses)
    return Progress(used=spent, remaining=total - spent, total=total, paused=paused)


def at_fraction(
    calendar: WorkingCalendar, start: datetime, due: datetime | None, pauses: Iterable[Pause], fraction: float
) -> datetime | None:
    """The instant at which a share of the working time between `start` and `due` is used up; None while paused.

    `due` is the due time with the pauses applied (`Deadline.due_at`); the working time counted is that outside the
    pauses. 0.5 is half way, 1.0 the due time, and 1.5 half of the total again after it, in working time and outside
    pauses: with 4 working hours in all, 2 working hours after the due time. CalendarError for a negative share.
    """
    begin = to_micros(start, "start")
    stops = read_pauses(pauses, begin)
    if due is None or (stops and stops[-1][1] is None):
        return None
    timeline = calendar.timeline
    needed = _share(worked(timeline, begin, to_micros(due, "due time"), stops), fraction)
    for paused, resumed in stops:
        available = timeline.between(begin, paused)
        if resumed is None or needed < available or (needed == available and needed > 0):
            break
        needed -= available
        begin = resumed
    return from_micros(timeline.add(begin, needed), start.tzinfo or calendar.zone)


def _share(total: int, fraction: float) -> int:
    try:
        share = Fraction(fraction)
    except (TypeError, ValueError, OverflowError):
        raise CalendarError(f"{fraction!r} is not a share of the working time.") from None
    if share < 0:
        raise CalendarError(f"The share {fraction!r} is negative.")
    return round(total * share)
