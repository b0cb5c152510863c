"""Sweeping processes that are killed while they work: every timer is announced once, whichever of them dies."""

import itertools
import os
import random
import signal
import time
from collections import defaultdict

import pytest
from django.db import connections

from core import clock
from issues.actions import batch, timers
from issues.events.record import record_events
from issues.events.verify import verify
from issues.models import TicketClock, TicketEvent
from tests.issues.conftest import TaskForce, at, make_task_force

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]

TICKETS = 16
PROCESSES = 3
# In order: half, three quarters, the due time, half of it again on the next day.
MOMENTS = ("2026-11-18 14:00", "2026-11-18 15:50", "2026-11-18 17:30", "2026-11-19 11:35")


def sweeper(moment: str, *, dies_after: int | None) -> int:
    """A process that sweeps until nothing is due, or is killed in the middle of a transaction; returns its id."""
    connections.close_all()
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        _sweep(moment, dies_after)
        status = 0
    finally:
        os._exit(status)  # nothing of the test's own process is cleaned up here


def _sweep(moment: str, dies_after: int | None) -> None:
    batches = 0

    def record_and_die(*args: object, **kwargs: object) -> None:
        nonlocal batches
        record_events(*args, **kwargs)  # type: ignore[arg-type]
        batches += 1
        if dies_after is not None and batches > dies_after:
            os.kill(os.getpid(), signal.SIGKILL)  # written, and not committed

    batch.record_events = record_and_die
    with clock.at(at(moment)):
        while timers.sweep(limit=10):
            pass


def ended_well(pid: int) -> bool:
    """Wait for it; False when it was killed."""
    _pid, status = os.waitpid(pid, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "a sweep failed"
    return not os.WIFSIGNALED(status)


def file_many(force: TaskForce) -> None:
    for _ in range(TICKETS):
        force.file()


def test_every_timer_is_told_once_however_many_processes_die() -> None:
    file_many(make_task_force())
    chance, killed = random.Random(7), 0
    for moment in MOMENTS:
        for batches in itertools.count():
            # One dies by itself between its writing and the commit, one is shot at any time, one works on.
            doomed = sweeper(moment, dies_after=min(batches, chance.randint(0, 1)))
            shot, healthy = (sweeper(moment, dies_after=None) for _ in range(2))
            time.sleep(chance.random() * 0.1)
            os.kill(shot, signal.SIGKILL)
            killed += sum(not ended_well(pid) for pid in (doomed, shot, healthy))
            if not TicketClock.objects.filter(next_timer_at__lte=at(moment)).exists():
                break
    assert killed >= len(MOMENTS)
    assert verify().ok
    told = defaultdict(list)
    for event in TicketEvent.objects.filter(type__startswith="clock.").order_by("id"):
        share = 100 if event.type == "clock.breached" else event.data["percent"]
        told[event.data["clock"], event.data["clock_id"]] += [*event.data["missed"], share]
    wanted = {"resolution": [50, 75, 100, 150], "response": [100], "acceptance": [100]}
    assert {kind: shares for (kind, _pk), shares in told.items()} == wanted
    assert all(shares == wanted[kind] for (kind, _pk), shares in told.items())
    assert len(told) == TICKETS * len(wanted)
