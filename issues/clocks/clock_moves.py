"""What a running clock becomes when its calendar was edited or another agency is responsible now.

A clock goes by the working hours of the agency that is responsible: the lead agency, or the one that is consulted. It
is recomputed from its start, as if those hours had always held, with two exceptions:

* * an edit never breaks a promise: a due time that would already have passed stays as it was;
* a time that a leader granted may become later, never earlier (`TicketClock.due_not_before`).

Shares that were recorded are not recorded again; a clock that was overdue and is in time again may run out again.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from issues.clocks import calendars, clocks
from issues.models import ClockKind, TicketClock
from issues.sla import Deadline

_SETTLED = ("calendar_id", "due_at", "first_due_at", "due_not_before", "next_timer_at", "next_percent")
# The columns that `settle` may have changed.
SETTLED_FIELDS = ("calendar", "due_at", "first_due_at", "due_not_before", "next_timer_at", "next_percent")


@dataclass(frozen=True)
class Moved:
    """What `settle` did to a clock. While the clock is paused, due times are those from before the pause."""

    changed: bool  # a column is different
    old_due_at: datetime
    new_due_at: datetime
    paused: bool
    rearmed: bool  # it was overdue, and is in time again

    @property
    def due_changed(self) -> bool:
        """Whether the due time is different, so that people must be notified."""
        return self.old_due_at != self.new_due_at


def with_agency(rows: QuerySet[TicketClock]) -> QuerySet[TicketClock]:
    """The clocks with `agency_id`: who is responsible, None while nobody is."""
    return rows.annotate(agency_id=Coalesce("consultation__agency_id", "ticket__lead_agency_id"))


def responsible_calendar(row: TicketClock) -> int:
    """The id of the calendar that a clock of `with_agency` should go by."""
    return calendars.calendar_id_for(vars(row)["agency_id"])


def settle(row: TicketClock, at: datetime, calendar_id: int) -> Moved:
    """Recompute a running clock by a calendar as it is now, without saving it."""
    before = tuple(getattr(row, name) for name in _SETTLED)
    old_due = row.due_at or row.first_due_at
    was_overdue = row.due_at is not None and row.due_at <= at
    row.calendar_id = calendar_id
    result = clocks.compute(row)
    if _would_break(row, result, at):
        row.due_not_before = old_due
        result = clocks.compute(row)
    row.due_at, row.first_due_at = result.due_at, result.first_due_at
    rearmed = was_overdue and row.due_at is not None and row.due_at > at
    if rearmed and not 0 < row.next_percent <= clocks.DUE_SHARE:
        row.next_percent = clocks.DUE_SHARE
    row.next_timer_at = clocks.next_timer(row)
    return Moved(
        changed=before != tuple(getattr(row, name) for name in _SETTLED),
        old_due_at=old_due,
        new_due_at=row.due_at or row.first_due_at,
        paused=row.due_at is None,
        rearmed=rearmed and row.kind == ClockKind.RESOLUTION,
    )


def _would_break(row: TicketClock, result: Deadline, at: datetime) -> bool:
    """Whether the new due time has passed, or had passed when the pause began, though the old one had not."""
    if row.due_at is not None:
        return result.due_at is not None and result.due_at <= at < row.due_at
    return result.left == timedelta() and row.first_due_at > row.counted_pauses()[-1][0]
