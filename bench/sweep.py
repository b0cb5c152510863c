"""How quickly the sweep finds nothing among 100,000 open tickets, and how many timers a second it fires.

    .venv/bin/python -m bench.sweep [--tickets 100000] [--due 1000] [--runs 5]

Baselines in the same run: the same question as a scan of the whole table (without the partial index on
`next_timer_at`), and one transaction for each timer. SQLite in a temporary folder, or a database of its own on the
server of DATABASE_URL.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from bench.open_tickets import fill, people, throwaway_database

IDLE_RUNS = 200
ALONE = 100  # timers fired one by one


def seconds(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def always_open() -> None:
    """The city works round the clock: the bench may run at any hour."""
    from issues.clocks import calendars  # noqa: PLC0415
    from issues.models import Calendar  # noqa: PLC0415

    city = Calendar.objects.get(is_default=True)
    city.weekly = {day: [["00:00", "24:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
    city.holidays_country = ""
    city.save()
    calendars.refresh()


def whole_table() -> int:
    """The sweep's question without the index."""
    from django.db import connection, transaction  # noqa: PLC0415

    from core import clock  # noqa: PLC0415

    hint = "NOT INDEXED" if connection.vendor == "sqlite" else ""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_indexscan = off; SET LOCAL enable_bitmapscan = off")
        cursor.execute(
            f"SELECT id, ticket_id FROM issues_ticketclock {hint}"  # noqa: S608
            " WHERE next_timer_at <= %s ORDER BY next_timer_at LIMIT 200",
            [clock.now().replace(tzinfo=None) if connection.vendor == "sqlite" else clock.now()],
        )
        return len(cursor.fetchall())


def make_due(number: int) -> None:
    """Let the half of so many clocks be used up, as if no timer had fired yet."""
    from core import clock  # noqa: PLC0415
    from issues.models import TicketClock  # noqa: PLC0415

    now = clock.now()
    running = TicketClock.objects.filter(due_at__isnull=False).order_by("id")
    TicketClock.objects.filter(pk__in=list(running.values_list("pk", flat=True)[:number])).update(
        started_at=now - timedelta(hours=6), due_at=now + timedelta(hours=5), first_due_at=now + timedelta(hours=5),
        next_percent=50, next_timer_at=now - timedelta(minutes=30),
    )  # fmt: skip


def fire_all() -> None:
    from issues.actions.timers import sweep  # noqa: PLC0415

    while sweep():
        pass


def fire_one_by_one() -> None:
    from core import clock  # noqa: PLC0415
    from issues.actions.timers import fire  # noqa: PLC0415
    from issues.models import TicketClock  # noqa: PLC0415

    for pk in list(TicketClock.objects.filter(next_timer_at__lte=clock.now()).values_list("pk", flat=True)):
        assert fire(pk)


def rate(number: int, runs: int, work: Callable[[], None]) -> float:
    """Timers a second, the median of the runs; every timer fires exactly once."""
    from issues.models import TicketEvent  # noqa: PLC0415

    found = []
    for _ in range(runs):
        make_due(number)
        before = TicketEvent.objects.filter(type="clock.timer").count()
        found.append(number / seconds(work))
        assert TicketEvent.objects.filter(type="clock.timer").count() - before == number
    return statistics.median(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tickets", type=int, default=100_000)
    parser.add_argument("--due", type=int, default=1_000)
    parser.add_argument("--runs", type=int, default=5)
    chosen = parser.parse_args()
    with throwaway_database() as engine:
        from core import clock  # noqa: PLC0415
        from issues.actions.timers import sweep  # noqa: PLC0415

        always_open()
        now = clock.now()
        fill(people(), chosen.tickets, lambda number: now - timedelta(seconds=number % 60))
        print(f"{engine}, {chosen.tickets:,} open tickets; medians")
        print(f"{'':42}{'sweep':>12}{'baseline':>12}{'ratio':>10}")
        sweep()
        idle = 1000 * statistics.median(seconds(sweep) for _ in range(IDLE_RUNS))
        scan = 1000 * statistics.median(seconds(whole_table) for _ in range(max(5, chosen.runs)))
        print(f"{'nothing due, ms (baseline: whole table)':42}{idle:>12.2f}{scan:>12.2f}{scan / idle:>9.0f}x")
        fired = rate(chosen.due, chosen.runs, fire_all)
        alone = rate(min(ALONE, chosen.due), chosen.runs, fire_one_by_one)
        name = f"{chosen.due:,} due, timers/s (baseline: one by one)"
        print(f"{name:42}{fired:>12.0f}{alone:>12.0f}{fired / alone:>9.1f}x")


if __name__ == "__main__":
    main()
