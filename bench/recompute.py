"""How long 10,000 open tickets take after a calendar edit, and how long people who file during it have to wait.

    .venv/bin/python -m bench.recompute [--tickets 10000] [--runs 3]

A second process files proposals all the time through the ordinary action, and measures each one, and in it the wait
for the write lock. The baseline is the simple way, one transaction after another for each clock, in the same run on a
tenth of the tickets (its time is multiplied by ten). SQLite in a temporary folder, or a database of its own on the
server of DATABASE_URL.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from bench.open_tickets import fill, people, throwaway_database

PAUSE = 0.05  # seconds between two filings
SHARE = 10


class Filings:
    """A process that files; its measurements are read when the block ends."""

    def __init__(self) -> None:
        self.times: list[float] = []
        self.waits: list[float] = []

    @contextmanager
    def going_on(self) -> Any:
        process = subprocess.Popen(
            [sys.executable, "-m", "bench.recompute", "--file"],
            env=dict(os.environ), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert process.stdout
        process.stdout.readline()  # it is ready
        try:
            yield self
        finally:
            answer, _ = process.communicate("stop\n", timeout=60)
            found = json.loads(answer)
            self.times, self.waits = found["times"], found["waits"]

    def row(self) -> str:
        longest, median = max(self.times), statistics.median(self.times)
        return f"{len(self.times):>8}{1000 * median:>12.0f}{1000 * longest:>12.0f}{1000 * max(self.waits):>14.0f}"


def file_until_stopped() -> None:
    """The other process: files until a line arrives, then prints what it measured as JSON."""
    import django  # noqa: PLC0415

    django.setup()
    from django.db import connection  # noqa: PLC0415

    from accounts.models import User  # noqa: PLC0415
    from issues.actions import filing  # noqa: PLC0415
    from issues.actor import Actor  # noqa: PLC0415

    waits: list[float] = []
    times: list[float] = []

    @contextmanager
    def measured() -> Any:
        began = time.perf_counter()
        try:
            yield
        finally:
            waits.append(time.perf_counter() - began)

    def waiting(execute: Any, sql: str, *rest: Any) -> Any:
        if not sql.startswith(("INSERT", "UPDATE", "SELECT pg_advisory")):
            return execute(sql, *rest)
        with measured():
            return execute(sql, *rest)

    if connection.vendor == "sqlite":  # IMMEDIATE: a transaction waits for the lock when it begins
        begin = connection._start_transaction_under_autocommit
        connection._start_transaction_under_autocommit = measured()(begin)

    filer = Actor.of(User.objects.get(email=os.environ["BENCH_FILER"]))
    os.set_blocking(sys.stdin.fileno(), False)

    def one(number: int) -> None:
        filing.file_ticket(actor=filer, title=f"Hỏi về giấy phép {number}", body="Công trình.", category="construction")

    one(0)
    print("ready", flush=True)
    with connection.execute_wrapper(waiting):
        number = 0
        while not sys.stdin.readline():
            number += 1
            began = time.perf_counter()
            one(number)
            times.append(time.perf_counter() - began)
            time.sleep(PAUSE)
    print(json.dumps({"times": times, "waits": waits}))


def close(days: list[date]) -> None:
    """What an administrator does: these days are closed, whatever was closed before is open again."""
    from issues.clocks import calendars  # noqa: PLC0415
    from issues.models import Calendar, CalendarDay  # noqa: PLC0415

    city = Calendar.objects.get(is_default=True)
    CalendarDay.objects.filter(calendar=city).delete()
    for day in days:
        CalendarDay.objects.create(calendar=city, date=day, kind=CalendarDay.Kind.CLOSED)
    city.save()
    calendars.refresh()


def one_by_one(count: int) -> int:
    """The baseline: a transaction, a lock and a save for each clock."""
    from django.db import transaction  # noqa: PLC0415

    from core import clock  # noqa: PLC0415
    from issues.actions.operation import Operation, lock_ticket  # noqa: PLC0415
    from issues.actions.recompute import recomputed_event  # noqa: PLC0415
    from issues.actor import SYSTEM  # noqa: PLC0415
    from issues.clocks import calendars  # noqa: PLC0415
    from issues.clocks.clock_moves import settle  # noqa: PLC0415
    from issues.models import TicketClock  # noqa: PLC0415

    moved = 0
    clocks = TicketClock.objects.filter(stopped_at__isnull=True, ticket__code__startswith="KN-BENCH").order_by("id")
    for pk, ticket_id in clocks.values_list("pk", "ticket_id")[:count]:
        with transaction.atomic():
            op = Operation(lock_ticket(ticket_id), SYSTEM, clock.now())
            row = TicketClock.objects.get(pk=pk)
            result = settle(row, op.at, calendars.calendar_id_for(op.ticket.lead_agency_id))
            row.save()
            op.ticket.due_at = row.due_at
            if result.due_changed:
                op.record(recomputed_event(row, result, "city"))
                moved += 1
            op.finish()
    return moved


def recompute() -> tuple[int, int]:
    """Looked at and moved."""
    from issues.actions.recompute import recompute_pending  # noqa: PLC0415
    from issues.models import Recomputation  # noqa: PLC0415

    moved = recompute_pending()
    run = Recomputation.objects.latest("pk")
    assert run.finished_at is not None
    assert run.failed == 0
    return run.done, moved


def measure(name: str, days: list[date], runs: int, work: Any, scale: int = 1) -> float:
    """Print a line of the table: medians of the time, the worst of the filings over all runs."""
    spent, looked, moved, together = [], 0, 0, Filings()
    for run in range(runs):
        close(days if run % 2 == 0 else [])
        filings = Filings()
        with filings.going_on():
            time.sleep(0.5)
            began = time.perf_counter()
            looked, moved = work()
            spent.append(scale * (time.perf_counter() - began))
        together.times += filings.times
        together.waits += filings.waits
    print(f"{name:<38}{looked:>8}{moved:>8}{statistics.median(spent):>9.1f}{together.row()}", flush=True)
    return statistics.median(spent)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tickets", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--file", action="store_true", help="used by itself: the process that files")
    chosen = parser.parse_args()
    if chosen.file:
        file_until_stopped()
        return
    with throwaway_database() as engine:
        from core import clock  # noqa: PLC0415
        from issues.clocks import calendars  # noqa: PLC0415

        force = people()
        os.environ["BENCH_FILER"] = force.filer.email
        now, calendar = clock.now(), calendars.default_calendar()
        fill(force, chosen.tickets, lambda number: now - timedelta(minutes=number % 240))
        day = calendar.local_date(now)
        coming = [day + timedelta(days=n) for n in range(12)]
        print(f"{engine}, {chosen.tickets:,} open tickets, medians of {chosen.runs} runs; filings in milliseconds")
        head = ("clocks", "moved", "seconds", "filings", "median", "longest", "longest lock")
        print(f"{'':38}{head[0]:>8}{head[1]:>8}{head[2]:>9}{head[3]:>8}{head[4]:>12}{head[5]:>12}{head[6]:>14}")

        def quiet() -> tuple[int, int]:
            time.sleep(5)
            return 0, 0

        measure("nothing else going on", [], chosen.runs, quiet)
        measure("an edit that moves nothing", [day + timedelta(days=200)], chosen.runs, recompute)
        ours = measure("an edit that moves everything", coming, chosen.runs, recompute)
        part = chosen.tickets // SHARE
        simple = measure("one by one, a tenth × 10", coming, 1, lambda: (part, one_by_one(part)), SHARE)
        print(f"{simple / ours:.1f} times as fast as one by one")


if __name__ == "__main__":
    main()
