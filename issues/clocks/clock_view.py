"""A clock as people see it at one instant: its state, what is left, and the times that the day bar draws.

Reads nothing but the rows it is given; prefetch `clocks` where many tickets are walked.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from core import clock
from issues.clocks import calendars, clocks
from issues.models import ClockKind, Ticket, TicketClock
from issues.sla import Pause, SameDay, Target, WorkingCalendar, cutoff, deadline

SOON_FROM = 0.75  # share of the working time; the same at which the head is warned


@dataclass(frozen=True)
class ClockView:
    """One clock at `now`. Times are aware; `left` and `used` are working time, `left` is negative when overdue."""

    state: str  # running, soon, late, paused, done, promise
    now: datetime
    calendar: WorkingCalendar
    started_at: datetime
    due_at: datetime | None  # None while paused
    was_due_at: datetime | None  # what was due before a pause or an extension, where that is another time
    stopped_at: datetime | None
    pauses: tuple[Pause, ...]
    left: timedelta
    used: timedelta
    met: bool | None = None  # None: running, or ended without an answer
    cutoff_at: datetime | None = None  # a promise: file until then for this due time

    @property
    def paused_since(self) -> datetime | None:
        """Since when the clock is paused; None while it runs."""
        return self.pauses[-1][0] if self.state == "paused" else None

    @property
    def seen_until(self) -> datetime:
        """Where the past ends that the bar draws."""
        return self.stopped_at or self.now

    @property
    def paused_total(self) -> timedelta:
        """Working time spent in pauses."""
        spent = timedelta()
        for began, ended in self.pauses:
            end = min(ended or self.seen_until, self.seen_until)
            if began < end:
                spent += self.calendar.between(began, end)
        return spent

    @property
    def day_minutes(self) -> int:
        """Working minutes of the day in which the clock started, or of the next working day."""
        return calendars.day_minutes(self.calendar, self.started_at)

    @property
    def overdue(self) -> timedelta:
        """Working time past the due time; nothing in time."""
        return max(-self.left, timedelta())


def clock_view(ticket: Ticket, now: datetime | None = None, *, was_due_at: datetime | None = None) -> ClockView | None:
    """The newest answer clock of a ticket; None before it was handed in.

    `was_due_at` is the due time before an extension: the clock row does not keep it.
    """
    rows = [row for row in ticket.clocks.all() if row.kind == ClockKind.RESOLUTION]
    return view_of(max(rows, key=lambda row: row.pk), now, was_due_at=was_due_at) if rows else None


def view_of(row: TicketClock, now: datetime | None = None, *, was_due_at: datetime | None = None) -> ClockView:
    """One clock row, of whatever kind."""
    now = now or clock.now()
    seen = min(row.stopped_at or now, now)
    left, used = clocks.left_at(row, seen), clocks.used_at(row, seen)
    before = was_due_at or _due_before_pause(row)
    return ClockView(
        state=_state(row, now, left, used),
        now=now,
        calendar=calendars.calendar_by_id(row.calendar_id),
        started_at=row.started_at,
        due_at=row.due_at,
        was_due_at=before if before != row.due_at else None,
        stopped_at=row.stopped_at,
        pauses=tuple(row.counted_pauses()),
        left=left,
        used=used,
        met=row.met,
    )


def promise_view(*, calendar: WorkingCalendar, target: Target, at: datetime) -> ClockView:
    """What would be promised to somebody who files at `at`."""
    due = deadline(calendar=calendar, target=target, start=at).first_due_at
    latest = cutoff(calendar, target, calendar.local_date(at)) if isinstance(target, SameDay) else None
    return ClockView(
        state="promise",
        now=at,
        calendar=calendar,
        started_at=at,
        due_at=due,
        was_due_at=None,
        stopped_at=None,
        pauses=(),
        left=calendar.between(at, due),
        used=timedelta(),
        cutoff_at=latest if latest is not None and at <= latest else None,
    )


def _state(row: TicketClock, now: datetime, left: timedelta, used: timedelta) -> str:
    if row.stopped_at is not None:
        return "done"
    if row.is_paused:
        return "paused"
    if row.due_at is not None and now > row.due_at:
        return "late"
    total = used + left
    return "soon" if total and used / total >= SOON_FROM else "running"


def _due_before_pause(row: TicketClock) -> datetime:
    """While paused, what was due when the pause began; else what was due at first."""
    if not row.is_paused:
        return row.first_due_at
    return clocks.due_but_for_open_pause(row) or row.first_due_at
