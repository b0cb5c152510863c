"""A throw-away database full of open tickets, for the benches of the clock.

SQLite in a temporary folder, or a database of its own on the server that DATABASE_URL names; both are gone afterwards.
"""

import os
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit, urlunsplit

CHUNK = 2_000


@contextmanager
def throwaway_database() -> Iterator[str]:
    """Set Django up on an empty, migrated database; gives its name for the table's head."""
    server = os.environ.get("DATABASE_URL", "")
    with tempfile.TemporaryDirectory(prefix="tn-bench-") as folder:
        os.environ.update(
            DJANGO_SETTINGS_MODULE="config.settings",
            TN_VAR_DIR=folder,
            TN_DEMO="true",
            TN_LOG_LEVEL="error",
            TN_ENV_FILE=os.devnull,
            REDIS_URL="",
        )
        name = f"tn_bench_{os.getpid()}"
        if server:
            _on_server(server, f"CREATE DATABASE {name}")
            os.environ["DATABASE_URL"] = urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
        import django  # noqa: PLC0415 - the environment comes first

        django.setup()
        from django.core.management import call_command  # noqa: PLC0415
        from django.db import connections  # noqa: PLC0415

        try:
            call_command("migrate", verbosity=0)
            yield "PostgreSQL" if server else "SQLite"
        finally:
            connections.close_all()
            if server:
                _on_server(server, f"DROP DATABASE {name} WITH (FORCE)")


def _on_server(address: str, statement: str) -> None:
    import psycopg  # noqa: PLC0415

    with psycopg.connect(urlunsplit(urlsplit(address)._replace(path="/postgres")), autocommit=True) as server:
        server.execute(statement)


def people() -> Any:
    """The task force of the tests: agencies, officers, an enterprise, the default rules."""
    from tests.issues.conftest import make_task_force  # noqa: PLC0415

    return make_task_force()


def fill(force: Any, count: int, started: Callable[[int], datetime]) -> None:
    """Open tickets in progress, each with an answer clock from `started(number)`; one in ten is paused."""
    from issues.clocks import calendars, clocks  # noqa: PLC0415
    from issues.models import ClockKind, Ticket, TicketClock, TicketStatus  # noqa: PLC0415
    from issues.sla import SameDay, target_to_dict  # noqa: PLC0415

    target, calendar = target_to_dict(SameDay()), calendars.calendar_id_for(None)
    for begin in range(0, count, CHUNK):
        tickets = []
        for number in range(begin, min(begin + CHUNK, count)):
            at = started(number)
            tickets.append(
                Ticket(
                    public_id=uuid.uuid4(), code=f"KN-BENCH-{number:06}", title=f"Kiến nghị {number}", body="x" * 800,
                    category="construction", status=TicketStatus.IN_PROGRESS, filer=force.filer, received_at=at,
                    enterprise_id=1, lead_agency=force.construction, assignee=force.officer,
                )
            )  # fmt: skip
        rows = []
        for number, ticket in enumerate(Ticket.objects.bulk_create(tickets), begin):
            at = started(number)
            row = TicketClock(
                ticket=ticket, kind=ClockKind.RESOLUTION, calendar_id=calendar, target=target, started_at=at,
                next_percent=50, pauses=[[(at + timedelta(minutes=1)).isoformat(), None]] if number % 10 == 9 else [],
            )  # fmt: skip
            result = clocks.compute(row)
            row.due_at, row.first_due_at = result.due_at, result.first_due_at
            row.next_timer_at, ticket.due_at = clocks.next_timer(row), row.due_at
            rows.append(row)
        TicketClock.objects.bulk_create(rows)
        Ticket.objects.bulk_update(tickets, ["due_at"], batch_size=200)
