"""What must hold after every step of a simulation, found again without the product's arithmetic.

* Each share of a clock's term is told once, or named once in `missed`, in order, never before it is used up.
* Nothing is told while a clock is paused, after it ended, or outside working time, save the breach itself.
* Each due time is what the minute-by-minute reference says; the ticket repeats that of its answer clock.
* An open ticket has one running answer clock and a closed one no running clock; a ticket waits for acceptance exactly
  while its acceptance clock runs, and for an opinion exactly while that opinion's clock runs.
* State, kind, counters, cycle, pauses and escalation level are those that follow from the events.
* A pause moves nothing exactly where it was shorter than the grace and over before the due time.
* What was kept in time says so, and what was not does not.
"""

from collections import Counter, defaultdict
from copy import copy
from datetime import datetime, timedelta
from typing import Any

from core import clock
from issues.events.verify import verify
from issues.models import Ticket, TicketClock, TicketEvent
from tests.issues.simulation.reference import Reference
from tests.issues.simulation.replay import Replay

SHARES = {"resolution": (50, 75, 100, 150), "response": (100,), "acceptance": (100,), "consultation": (50, 100)}
GRACE_MINUTES = 5
DAILY_FROM = 150  # then one more each working day


class Invariants:
    """Looks on: call it after each step with what it was."""

    def __init__(self, start: datetime, days: int) -> None:
        self.reference = Reference((start - timedelta(days=8)).date(), (start + timedelta(days=days + 60)).date())
        self.steps: Counter[str] = Counter()
        self.events: Counter[str] = Counter()
        self.dues_checked = 0
        self.short_pauses = 0
        self._last_event = 0
        self._stale = False  # a calendar was edited and its tickets wait for the job
        self._replays: dict[int, Replay] = defaultdict(Replay)
        self._told: dict[int, list[int]] = defaultdict(list)  # by clock: shares told, missed or granted away
        self._known_due: dict[int, Any] = {}

    def __call__(self, what: str) -> None:
        self.steps[what] += 1
        touched = self._read_events()
        if what == "edit_calendar":
            self._stale = True
            self.reference.forget()
        if what == "recompute":
            self._stale = False
            self._known_due.clear()
            touched |= set(Ticket.objects.filter(clocks__stopped_at=None).values_list("pk", flat=True))
        for ticket in Ticket.objects.filter(pk__in=touched).prefetch_related("clocks", "consultations"):
            self._ticket(ticket)

    def at_the_end(self) -> None:
        """The whole log, and every ticket once more."""
        found = verify()
        assert found.ok, found.faults
        for ticket in Ticket.objects.exclude(status="draft").prefetch_related("clocks", "consultations"):
            self._ticket(ticket)

    # --- Events -----------------------------------------------------------------------------------------------------

    def _read_events(self) -> set[int]:
        touched = set()
        for event in TicketEvent.objects.filter(id__gt=self._last_event).order_by("id"):
            self.events[event.type] += 1
            replay = self._replays[event.ticket_id]
            assert event.at == clock.now()
            if event.type in ("clock.timer", "clock.breached"):
                assert replay.is_open, f"{event.type} on a ticket that is {replay.status}"
                self._timer(event)
            if event.type == "ticket.info_provided" and not self._stale:
                self._end_of_pause(event, replay.paused_at)
            replay.read(event)
            if event.type == "extension.decided" and event.data["granted"]:
                self._new_term(event)
            if event.type == "clock.recomputed":
                self._rearmed(event)
            touched.add(event.ticket_id)
            self._last_event = event.pk
        return touched

    def _timer(self, event: TicketEvent) -> None:
        data = event.data
        row = TicketClock.objects.get(pk=data["clock_id"])
        assert (row.ticket_id, row.kind, row.stopped_at) == (event.ticket_id, data["clock"], None)
        assert not row.is_paused, "told while paused"
        is_breach = event.type == "clock.breached"
        shares = [*data["missed"], 100 if is_breach else data["percent"]]
        if not is_breach:
            assert self.reference.clock_of(row).open(event.at), f"{shares} told outside working time, {event.at}"
        told = self._told[row.pk]
        assert [*told, *shares] == _shares(row.kind, shares[-1]), f"{row}: {shares} after {told}"
        told += shares
        if not self._stale and shares[-1] <= DAILY_FROM:
            used, total = self.reference.used(row, event.at), self.reference.total(row)
            assert used * 100 >= shares[-1] * total, f"{row}: {shares} told too early"

    def _end_of_pause(self, event: TicketEvent, asked_at: datetime | None) -> None:
        """A pause of at most five working minutes that was over before the due time moved nothing; others count."""
        row = TicketClock.objects.get(ticket_id=event.ticket_id, kind="resolution", stopped_at=None)
        short = event.data["within_grace"]
        assert asked_at
        assert short == (row.short_pauses()[-1:] == [(asked_at, event.at)])
        before = copy(row)
        before.pauses = row.pauses[:-1]
        due_before = self.reference.due(before)
        soon = self.reference.clock_of(row).between(asked_at, event.at) <= GRACE_MINUTES
        self.short_pauses += short
        if short:
            assert soon
            assert event.at < row.due_at == due_before
        elif row.due_not_before is None:  # else that time moved with the pause
            assert not (soon and event.at < due_before), f"{row}: the pause from {asked_at} was within the grace"

    def _new_term(self, event: TicketEvent) -> None:
        """More time was granted: shares count again, and those already passed are not announced again."""
        row = TicketClock.objects.get(ticket_id=event.ticket_id, kind="resolution", stopped_at=None)
        self._told[row.pk] = [share for share in _shares(row.kind, row.next_percent) if share < row.next_percent]
        if self._stale or row.is_paused:
            return
        used, total = self.reference.used(row, event.at), self.reference.total(row)
        if row.next_percent <= DAILY_FROM:
            assert used * 100 < row.next_percent * total, f"{row}: {row.next_percent} lies behind already"
        behind = self._told[row.pk][-1:]
        assert not behind or used * 100 >= behind[0] * total, f"{row}: {behind} would never be told"

    def _rearmed(self, event: TicketEvent) -> None:
        """What was overdue and is no longer may run out once more."""
        kind = event.data["clock"]
        for row in TicketClock.objects.filter(ticket_id=event.ticket_id, kind=kind, stopped_at=None):
            if row.next_percent == 100 and row.due_at and row.due_at > event.at:
                self._told[row.pk] = [share for share in self._told[row.pk] if share < 100]

    # --- Rows -------------------------------------------------------------------------------------------------------

    def _ticket(self, ticket: Ticket) -> None:
        replay = self._replays[ticket.pk]
        row = (ticket.status, ticket.kind, ticket.cycle, ticket.returns, ticket.reopens, ticket.escalation_level)
        told = (replay.status, replay.kind, replay.cycle, replay.returns, replay.reopens, replay.level)
        assert row == told, f"{ticket}: {row}, and the events say {told}"
        assert ticket.paused_at == replay.paused_at
        clocks = list(ticket.clocks.all())
        running = [one for one in clocks if one.stopped_at is None]
        kinds = Counter(one.kind for one in running)
        assert kinds["resolution"] == (1 if ticket.is_open else 0), f"{ticket}: {kinds}"
        assert kinds["acceptance"] == (1 if ticket.status == "routed" else 0), f"{ticket}: {kinds}"
        assert ticket.is_open or not running, f"{ticket} is {ticket.status}, and {kinds} run"
        waiting = {one.pk for one in ticket.consultations.all() if one.is_open}
        run = {one.consultation_id for one in running if one.kind == "consultation"}
        assert waiting == run == replay.consultations, f"{ticket} waits for {waiting}, the clocks of {run} run"
        for one in clocks:
            self._clock(ticket, one)

    def _clock(self, ticket: Ticket, row: TicketClock) -> None:
        if row.kind == "resolution" and row.cycle == ticket.cycle:
            assert row.pause_periods() == self._replays[ticket.pk].pauses
            if row.stopped_at is None:
                assert ticket.due_at == row.due_at
                if not self._stale:
                    assert row.calendar_id == self.reference.calendar_of(ticket.lead_agency_id)
        if row.stopped_at is not None:
            assert row.next_timer_at is None
            assert row.met in (None, row.due_at is None or row.stopped_at <= row.due_at)
            return
        assert row.is_paused == (row.due_at is None)
        self._due(row)

    def _due(self, row: TicketClock) -> None:
        """Against the reference, whenever anything that it follows from has changed."""
        facts = (row.started_at, str(row.target), str(row.pauses), row.due_at, row.first_due_at)
        if self._stale or self._known_due.get(row.pk) == facts:
            return
        self._known_due[row.pk] = facts
        self.dues_checked += 1
        if row.due_not_before is None:
            assert row.first_due_at == self.reference.first_due(row), f"{row.pk} {row}"
        due = None if row.is_paused else self.reference.due(row)
        assert row.due_at == due, f"{row.pk} {row}: due {row.due_at}, the reference says {due}"


def _shares(kind: str, newest: int) -> list[int]:
    """Every share up to one, in order."""
    daily = range(DAILY_FROM + 1, newest + 1) if kind == "resolution" else ()
    return [share for share in (*SHARES[kind], *daily) if share <= newest]
