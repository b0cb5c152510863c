"""What the system does to many tickets together: one transaction, one read, one write of each kind.

The steps are those of `operation`: lock, change, save, record. A batch is all or nothing; keep it small, so that
people who file or answer at the same time do not wait for it.
"""

import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from core import clock
from issues.actions.operation import Operation
from issues.actor import SYSTEM
from issues.events.record import record_events
from issues.models import Ticket

# Seconds a batch may hold the write lock, and how long it then stays away. While they have not waited for long, SQLite
# lets waiting writers try again every 25 ms or sooner: who files then gets the lock in the next gap. Later they
# try only every 100 ms, so a batch that held the lock for longer (a busy machine) stays away for longer.
HOLD, GAP = 0.05, 0.03
LONG, LONG_GAP = 0.1, 0.11
_LONG_TEXTS = ("body", "answer", "public_answer", "search_text")
_SAVED = ("due_at", "escalation_level")


class Pace:
    """How many tickets the next batch takes, so that it holds the write lock for about `HOLD`."""

    def __init__(self, size: int = 40, least: int = 5, most: int = 200) -> None:
        self.size, self._least, self._most = size, least, most

    def learn(self, tickets: int, spent: float) -> None:
        """A batch of so many tickets held the lock for `spent` seconds."""
        wanted = tickets * HOLD / max(spent, HOLD / 10)
        self.size = max(self._least, min(self._most, round((self.size + wanted) / 2)))


@contextmanager
def system_batch(
    ticket_ids: Collection[int], *, pace: Pace | None = None, skip_locked: bool = False
) -> Iterator[dict[int, Operation]]:
    """Lock the tickets, run the block, then save due times and escalation levels and write the events.

    Gives the operations by ticket id. With `skip_locked` a ticket that somebody else holds is left out on PostgreSQL;
    on SQLite writers queue. With `pace`, one of many batches: it learns, and others get a gap where writers queue.
    """
    with transaction.atomic():
        began = time.perf_counter()
        at = clock.now()
        running = {ticket.pk: Operation(ticket, SYSTEM, at) for ticket in _locked(ticket_ids, skip_locked)}
        yield running
        _finish(running.values())
    spent = time.perf_counter() - began
    if pace is not None:
        pace.learn(len(ticket_ids), spent)
        if connection.vendor == "sqlite":
            time.sleep(GAP if spent < LONG else LONG_GAP)


def _locked(ticket_ids: Collection[int], skip_locked: bool) -> list[Ticket]:
    """In the order of their ids, so that two batches cannot wait for each other."""
    skip = skip_locked and connection.features.has_select_for_update_skip_locked
    tickets = Ticket.objects.select_for_update(of=("self",), skip_locked=skip).filter(pk__in=ticket_ids)
    related = tickets.select_related("lead_agency").prefetch_related("coordinating_agencies")
    return list(related.defer(*_LONG_TEXTS).order_by("pk"))


def _finish(operations: Collection[Operation]) -> None:
    """All of a batch acts at one instant: its events are written together, ticket by ticket."""
    changed = [op for op in operations if op.entries]
    if changed:
        entries = [entry for op in changed for entry in op.entries]
        record_events(entries, actor=SYSTEM, at=changed[0].at, with_fields=_SAVED)
