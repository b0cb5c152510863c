"""The sweep: tells people when a share of the working time is used up (design §5).

A timer is due when `next_timer_at` has passed. Firing sets the next share in the same transaction as the event, so a
timer fires exactly once however many workers run or die. Shares that passed unseen (downtime) are told in one event.
"""

import logging
from datetime import datetime

from django.db import connection, transaction

from core import clock
from issues import calendars, clocks
from issues.actions.operation import Operation
from issues.actor import SYSTEM
from issues.events.types import ClockBreached, ClockTimer
from issues.models import ClockKind, Ticket, TicketClock

logger = logging.getLogger(__name__)

BREACH = 100
BATCH = 200


def sweep(*, limit: int = BATCH) -> int:
    """Fire what is due now, oldest first; returns how many clocks were handled. Safe to run anywhere, any time."""
    due = TicketClock.objects.filter(next_timer_at__lte=clock.now()).order_by("next_timer_at")
    return sum(_fired(pk) for pk in due.values_list("pk", flat=True)[:limit])


def _fired(clock_id: int) -> bool:
    """Fire one clock; one that fails is logged and must not keep the others waiting."""
    try:
        return fire(clock_id)
    except Exception:
        logger.exception("the timer of clock %s failed", clock_id)
        return False


def fire(clock_id: int) -> bool:
    """Fire one clock's timer if it is still due and nobody else is at it."""
    with transaction.atomic():
        ticket = _claim(clock_id)
        if ticket is None:
            return False
        at = clock.now()
        row = TicketClock.objects.filter(pk=clock_id, next_timer_at__lte=at).first()
        if row is None:
            return False
        running = Operation(ticket, SYSTEM, at)
        _fire(running, row)
        running.finish()
    return True


def _claim(clock_id: int) -> Ticket | None:
    """Lock the clock's ticket; None when another worker holds it (PostgreSQL skips, SQLite queues)."""
    tickets = Ticket.objects.select_related("lead_agency").filter(clocks__id=clock_id)
    skip = connection.vendor == "postgresql"
    return tickets.select_for_update(of=("self",), skip_locked=skip).first()


def _fire(op: Operation, row: TicketClock) -> None:
    calendar = calendars.calendar_by_id(row.calendar_id)
    passed = _passed(row, op.at)
    newest = passed[-1]
    if BREACH not in passed and not calendar.is_open(op.at):
        # Found late, outside working time: nobody is woken at night; it is told at the next opening.
        row.next_timer_at = calendar.next_opening(op.at)
        row.save(update_fields=["next_timer_at"])
        return
    row.next_percent = clocks.percent_after(row, newest)
    row.next_timer_at = clocks.next_timer(row)
    row.save(update_fields=["next_percent", "next_timer_at"])
    _tell(op, row, passed)


def _passed(row: TicketClock, at: datetime) -> list[int]:
    """The shares that are used up at `at`, from the one that was due on."""
    passed = []
    probe = TicketClock(**{field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields})
    while True:
        passed.append(probe.next_percent)
        probe.next_percent = clocks.percent_after(probe, probe.next_percent)
        following = clocks.next_timer(probe)
        if following is None or following > at:
            return passed


def _tell(op: Operation, row: TicketClock, passed: list[int]) -> None:
    newest, missed = passed[-1], passed[:-1]
    is_resolution = row.kind == ClockKind.RESOLUTION
    if BREACH in passed:
        op.tell(
            ClockBreached(clock=row.kind, clock_id=row.pk, missed=[p for p in missed if p < BREACH], due_at=row.due_at)
        )
    if is_resolution and newest >= BREACH:
        op.ticket.escalation_level = _level(newest)
    if newest != BREACH:
        op.tell(
            ClockTimer(
                clock=row.kind,
                clock_id=row.pk,
                percent=newest,
                missed=[p for p in missed if p != BREACH],
                due_at=row.due_at,
                level=op.ticket.escalation_level if is_resolution else 0,
            )
        )


def _level(percent: int) -> int:
    """1 at the due time, 2 at half the time again, one more each working day."""
    return 1 if percent < clocks.LAST_SHARE else percent - clocks.LAST_SHARE + 2
