"""After a calendar was edited: the running clocks that it affects are recomputed, and each change is recorded.

One run (`Recomputation`) for each edit. Clocks that do not move are found by reading alone; what moves is written in
small batches (`batch.Pace`), each with its events and its place in the run. A run may stop anywhere and is resumed
later; clocks that are up to date already do not change and record nothing.
"""

import logging
import time
from collections.abc import Iterator, Sequence
from copy import copy
from datetime import datetime, timedelta
from itertools import groupby

from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet

from core import clock
from core.rows import update_rows
from issues.actions.batch import Pace, system_batch
from issues.clocks import calendars
from issues.clocks.clock_moves import SETTLED_FIELDS, Moved, responsible_calendar, settle, with_agency
from issues.events.clock_events import ClockRecomputed
from issues.models import Calendar, ClockKind, Recomputation, TicketClock

logger = logging.getLogger(__name__)

LOOK = 1_000  # clocks read in one query
LEASE = timedelta(seconds=30)  # a worker that has not reported for so long has died
LONGEST = 240.0  # seconds; then the worker is free for other tasks, and the next request continues
# A process may go by the calendar from before the edit for a second (`calendars`): clocks that start then are looked at
# once more a little later.
_LATE = timedelta(seconds=5)


def pending_calendars() -> list[Calendar]:
    """The calendars that were edited after their clocks were last computed."""
    edited = Q(recomputed_at__isnull=True) | Q(recomputed_at__lt=F("changed_at") + _LATE)
    return list(Calendar.objects.filter(edited).order_by("-changed_at"))


def touched_by(calendar: Calendar) -> QuerySet[TicketClock]:
    """The running clocks that go by a calendar, or should: those of the agencies that have it now."""
    own = calendar.agencies.values("pk")
    rows = with_agency(TicketClock.objects.filter(stopped_at__isnull=True))
    theirs = Q(agency_id__in=own)
    if calendar.is_default:
        others = Calendar.objects.exclude(pk=calendar.pk).filter(agencies__isnull=False).values("agencies")
        theirs |= Q(agency_id__isnull=True) | ~Q(agency_id__in=others)
    return rows.filter(Q(calendar=calendar) | theirs)


def recompute_pending() -> int:
    """Bring the running clocks of every edited calendar up to date; returns how many due times moved."""
    moved, until = 0, time.monotonic() + LONGEST
    for calendar in pending_calendars():
        calendars.refresh()
        run = _claim(calendar)
        if run is not None:
            moved += _Run(run, calendar).work(until)
    return moved


def _claim(calendar: Calendar) -> Recomputation | None:
    """The run of the calendar's newest edit for this worker alone; None while another worker runs it."""
    now = clock.now()
    edit = {"calendar": calendar, "edited_at": calendar.changed_at}
    older = calendar.recomputations.filter(finished_at__isnull=True).exclude(edited_at=calendar.changed_at)
    older.update(finished_at=now, overtaken=True)
    run = Recomputation.objects.filter(**edit).first()
    if run is None:
        try:
            with transaction.atomic():
                run = Recomputation.objects.create(**edit, started_at=now, total=touched_by(calendar).count())
        except IntegrityError:
            return None
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
    mine = Recomputation.objects.filter(free, pk=run.pk).update(lease_until=now + LEASE)
    return run if mine else None


class _Run:
    """One worker's part of a run."""

    def __init__(self, run: Recomputation, calendar: Calendar) -> None:
        self._run, self._calendar = run, calendar
        self._pace = Pace()
        self._moved = 0

    def work(self, until: float) -> int:
        """Check the remaining clocks, then once those that started around the edit. Returns how many moved."""
        began = clock.now()
        if not self._run.is_running:
            began_late = self._run.edited_at - _LATE
            self._renew([row for row in touched_by(self._calendar).filter(started_at__gte=began_late) if _moves(row)])
        else:
            for rows in self._looks():
                self._renew([row for row in rows if _moves(row)])
                if not self._advance(rows):
                    return self._moved  # a newer edit has overtaken this run
                if time.monotonic() > until:
                    self._leave()
                    return self._moved
        self._finish(began)
        return self._moved

    def _looks(self) -> Iterator[list[TicketClock]]:
        """The clocks from the place on where the run stands, all those of one ticket together."""
        place = self._run.last_ticket
        while True:
            after = touched_by(self._calendar).filter(ticket_id__gt=place).order_by("ticket_id", "id")
            rows = list(after[:LOOK])
            if len(rows) == LOOK and rows[0].ticket_id != rows[-1].ticket_id:
                rows = [row for row in rows if row.ticket_id != rows[-1].ticket_id]
            if not rows:
                return
            place = rows[-1].ticket_id
            yield rows

    def _renew(self, rows: Sequence[TicketClock]) -> None:
        """Write the clocks that move, some tickets at a time."""
        tickets = [list(group) for _pk, group in groupby(rows, key=lambda row: row.ticket_id)]
        while tickets:
            size = self._pace.size
            part, tickets = tickets[:size], tickets[size:]
            try:
                self._write([row for group in part for row in group])
            except Exception:
                logger.exception("a batch of due times could not be moved; one by one now")
                for group in part:
                    self._write_alone(group)

    def _write_alone(self, rows: list[TicketClock]) -> None:
        """A failure is logged and counted, and the others go on."""
        try:
            self._write(rows)
        except Exception:
            logger.exception("the clocks of ticket %s could not be recomputed", rows[0].ticket_id)
            Recomputation.objects.filter(pk=self._run.pk).update(failed=F("failed") + len(rows))

    def _write(self, looked_at: list[TicketClock]) -> None:
        with system_batch({row.ticket_id for row in looked_at}, pace=self._pace) as running:
            # Read again, now that the tickets are locked: somebody may have asked, answered or stopped since.
            fresh = TicketClock.objects.filter(pk__in=[row.pk for row in looked_at], stopped_at__isnull=True)
            changed, moved = [], 0
            for row in with_agency(fresh).order_by("ticket_id", "id"):
                op = running[row.ticket_id]
                result = settle(row, op.at, responsible_calendar(row))
                if result.changed:
                    changed.append(row)
                if row.kind == ClockKind.RESOLUTION:
                    op.ticket.due_at = row.due_at
                    if result.rearmed:
                        op.ticket.escalation_level = 0
                if result.due_changed:
                    moved += 1
                    op.record(recomputed_event(row, result, self._calendar.code))
            update_rows(changed, SETTLED_FIELDS)
            if moved:
                Recomputation.objects.filter(pk=self._run.pk).update(moved=F("moved") + moved)
        self._moved += moved

    def _advance(self, rows: list[TicketClock]) -> bool:
        """Note how far the run is and keep it; False when a newer one has replaced it."""
        mine = Recomputation.objects.filter(pk=self._run.pk, finished_at__isnull=True)
        return bool(
            mine.update(done=F("done") + len(rows), last_ticket=rows[-1].ticket_id, lease_until=clock.now() + LEASE)
        )

    def _leave(self) -> None:
        Recomputation.objects.filter(pk=self._run.pk).update(lease_until=None)

    def _finish(self, began: datetime) -> None:
        with transaction.atomic():
            mine = Recomputation.objects.filter(pk=self._run.pk)
            mine.filter(finished_at__isnull=True).update(finished_at=clock.now())
            mine.update(lease_until=None)
            same_edit = Calendar.objects.filter(pk=self._calendar.pk, changed_at=self._run.edited_at)
            same_edit.update(recomputed_at=max(began, self._run.edited_at))


def _moves(row: TicketClock) -> bool:
    """Whether the clock would change, judged without locking it."""
    return settle(copy(row), clock.now(), responsible_calendar(row)).changed


def recomputed_event(row: TicketClock, result: Moved, code: str, *, cause: str = "calendar") -> ClockRecomputed:
    """The event of a due time that moved; `code` is that of the calendar."""
    return ClockRecomputed(
        clock=row.kind,
        old_due_at=result.old_due_at,
        new_due_at=result.new_due_at,
        calendar=code,
        cause=cause,
        paused=result.paused,
    )


def again(calendar: Calendar) -> None:
    """Check every open clock of a calendar again, from the beginning."""
    with transaction.atomic():
        newest = calendar.recomputations.filter(edited_at=calendar.changed_at)
        newest.update(
            finished_at=None, lease_until=None, last_ticket=0, done=0, failed=0, total=touched_by(calendar).count()
        )
        Calendar.objects.filter(pk=calendar.pk).update(recomputed_at=None)
