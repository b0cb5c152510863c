"""After a calendar was edited: the running clocks that use it are computed anew, and each change is told."""

from django.db import transaction
from django.db.models import F, Q

from core import clock
from issues import calendars, clocks
from issues.actions.operation import Operation, lock_ticket
from issues.actor import SYSTEM
from issues.events.types import ClockRecomputed
from issues.models import Calendar, TicketClock

BATCH = 200


def pending_calendars() -> list[Calendar]:
    """The calendars that were edited after their clocks were last computed."""
    edited = Q(recomputed_at__isnull=True) | Q(recomputed_at__lt=F("changed_at"))
    return list(Calendar.objects.filter(edited))


def recompute_pending() -> int:
    """Bring every edited calendar's running clocks up to date; returns how many due times moved.

    May die anywhere and be run again: what is up to date already does not change and tells nothing.
    """
    moved = 0
    for calendar in pending_calendars():
        calendars.forget()
        began = clock.now()
        running = TicketClock.objects.filter(calendar=calendar, stopped_at__isnull=True).order_by("id")
        for pk in running.values_list("pk", flat=True).iterator(chunk_size=BATCH):
            moved += recompute_clock(pk, calendar.code)
        Calendar.objects.filter(pk=calendar.pk).update(recomputed_at=began)
    return moved


def recompute_clock(clock_id: int, calendar_code: str) -> bool:
    """Compute one running clock anew; tells the old and the new due time when they differ."""
    with transaction.atomic():
        ticket_id = TicketClock.objects.filter(pk=clock_id).values_list("ticket_id", flat=True).first()
        if ticket_id is None:
            return False
        running = Operation(lock_ticket(ticket_id), SYSTEM, clock.now())
        row = TicketClock.objects.filter(pk=clock_id, stopped_at__isnull=True).first()
        if row is None:
            return False
        before = (row.due_at, row.first_due_at)
        result = clocks.compute(row)
        if (result.due_at, result.first_due_at) == before:
            return False
        clocks.recompute(row, running.ticket)
        running.tell(
            ClockRecomputed(
                clock=row.kind,
                old_due_at=before[0] or before[1],
                new_due_at=row.due_at or row.first_due_at,
                calendar=calendar_code,
            )
        )
        running.finish()
    return True
