"""The sweep: notifies people when a share of the working time is used up (design §5).

A timer is due when `next_timer_at` has passed. Firing sets the next share in the same transaction as the event, so a
timer fires exactly once however many workers run or die. Shares that passed in a downtime are recorded in one event.
Many are fired in one short transaction (`batch`); when that fails they are fired one by one.
"""

import logging
from datetime import datetime

from core import clock
from core.rows import update_rows
from issues.actions.batch import Pace, system_batch
from issues.actions.operation import Operation
from issues.clocks import calendars, clocks
from issues.events.clock_events import ClockBreached, ClockTimer
from issues.models import ClockKind, TicketClock

logger = logging.getLogger(__name__)

BREACH = 100
BATCH = 200


def sweep(*, limit: int = BATCH) -> int:
    """Fire what is due now, oldest first; returns how many clocks were handled. Safe to run anywhere, any time."""
    due = TicketClock.objects.filter(next_timer_at__lte=clock.now()).order_by("next_timer_at")
    waiting = list(due.values_list("pk", "ticket_id")[:limit])
    handled, pace = 0, Pace()
    while waiting:
        size = pace.size
        part, waiting = waiting[:size], waiting[size:]
        try:
            handled += _fire_together(part, pace)
        except Exception:
            logger.exception("a batch of timers failed; one by one now")
            handled += sum(_fire_alone(*one) for one in part)
    return handled


def fire(clock_id: int) -> bool:
    """Fire one clock's timer if it is still due and no other worker has it."""
    ticket_id = TicketClock.objects.filter(pk=clock_id).values_list("ticket_id", flat=True).first()
    return ticket_id is not None and _fire_together([(clock_id, ticket_id)]) == 1


def _fire_alone(clock_id: int, ticket_id: int) -> int:
    """A failure is logged, and the others go on."""
    try:
        return _fire_together([(clock_id, ticket_id)])
    except Exception:
        logger.exception("the timer of clock %s failed", clock_id)
        return 0


def _fire_together(due: list[tuple[int, int]], pace: Pace | None = None) -> int:
    """Fire clocks (each with its ticket) in one transaction; those that another worker holds are left to it."""
    with system_batch({ticket_id for _pk, ticket_id in due}, pace=pace, skip_locked=True) as running:
        rows = TicketClock.objects.select_related("consultation__agency").filter(
            pk__in=[pk for pk, _ticket_id in due], ticket_id__in=running, next_timer_at__lte=clock.now()
        )
        fired = list(rows.order_by("next_timer_at", "pk"))
        for row in fired:
            _fire(running[row.ticket_id], row)
        update_rows(fired, ("next_percent", "next_timer_at"))
    return len(fired)


def _fire(op: Operation, row: TicketClock) -> None:
    """Set the clock's next share and record this one; the caller saves the row."""
    calendar = calendars.calendar_by_id(row.calendar_id)
    passed = _passed(row, op.at)
    if not calendar.is_open(op.at):
        # Found outside working time: nobody is disturbed at night. All but the breach is recorded at the next opening.
        if BREACH not in passed:
            row.next_timer_at = calendar.next_opening(op.at)
            return
        passed = passed[: passed.index(BREACH) + 1]
    row.next_percent = clocks.percent_after(row, passed[-1])
    row.next_timer_at = clocks.next_timer(row)
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
        op.record(
            ClockBreached(clock=row.kind, clock_id=row.pk, missed=[p for p in missed if p < BREACH], due_at=row.due_at)
        )
    if is_resolution and newest >= BREACH:
        op.ticket.escalation_level = _level(newest)
    if newest != BREACH:
        op.record(
            ClockTimer(
                clock=row.kind,
                clock_id=row.pk,
                percent=newest,
                missed=[p for p in missed if BREACH not in passed or p > BREACH],  # the breach event names the others
                due_at=row.due_at,
                level=op.ticket.escalation_level if is_resolution else 0,
            ),
            internal_to=row.consultation.agency.code if row.consultation else None,
        )


def _level(percent: int) -> int:
    """1 at the due time, 2 at half the time again, one more each working day."""
    return 1 if percent < clocks.LAST_SHARE else percent - clocks.LAST_SHARE + 2
