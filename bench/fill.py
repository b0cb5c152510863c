"""Run by `bench.lists` on the product's data: makes tickets up to a number, and the session of an officer.

As after some years: a few hundred tickets are open, the others are over. A tenth of all is the officer's agency's, as
in a city with some fifteen agencies. Rows are copied in SQL from tickets of the demonstration, with their clocks,
decisions and last events, so that a hundred thousand take seconds; the log of the copies holds one event each and is
not chained. SQLite and PostgreSQL.
"""

import argparse
import json
from typing import Any

import django

MOST_OPEN = 1_000  # copies among which there are open ones: about a third


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tickets", type=int)
    chosen = parser.parse_args()
    django.setup()
    from django.db import transaction  # noqa: PLC0415 - Django is set up first

    with transaction.atomic():
        copy_tickets(chosen.tickets)
    analyse()
    session = session_of("officer-sxd@demo.example")
    print(json.dumps({"session": session, "queries": queries_of(session)}))


def copy_tickets(wanted: int) -> None:
    """Copy the demonstration's tickets, newest first, until there are so many; dates spread over a year."""
    from django.core.management.color import no_style  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from issues.models import OPEN_STATUSES, RoutingDecision, Ticket, TicketClock, TicketEvent  # noqa: PLC0415

    first = Ticket.objects.order_by("-pk").values_list("pk", flat=True)[0] + 1
    templates = [_template(pk) for pk in Ticket.objects.exclude(code=None).order_by("pk").values_list("pk", flat=True)]
    over = [one for one in templates if one[0]["status"] not in OPEN_STATUSES]
    tables = {model: [] for model in (Ticket, TicketClock, RoutingDecision, TicketEvent)}
    for number in range(wanted - Ticket.objects.count()):
        these = templates if number < MOST_OPEN else over
        ticket, clocks, decision, event = these[number % len(these)]
        pk = first + number
        tables[Ticket].append(ticket | {"id": pk, "public_id": f"{pk:032x}", "code": f"KN-B-{pk}", "last_seq": 1})
        tables[TicketClock] += [clock | {"ticket_id": pk} for clock in clocks]
        tables[RoutingDecision] += [decision | {"ticket_id": pk}] if decision else []
        tables[TicketEvent].append(event | {"ticket_id": pk, "seq": 1})
    with connection.cursor() as cursor:
        for model, rows in tables.items():
            _insert(cursor, model._meta.db_table, rows)
        _spread_over_a_year(cursor, first)
        for statement in connection.ops.sequence_reset_sql(no_style(), [Ticket]):
            cursor.execute(statement)


def _spread_over_a_year(cursor: Any, first: int) -> None:
    """What is over did not all happen today."""
    from django.db import connection  # noqa: PLC0415

    from issues.models import OPEN_STATUSES  # noqa: PLC0415

    earlier = (
        "datetime({0}, '-' || (1 + id %% 365) || ' days')"
        if connection.vendor == "sqlite"
        else "{0} - make_interval(days => (1 + id %% 365)::int)"
    )
    moved = ", ".join(
        f"{name} = {earlier.format(name)}" for name in ("received_at", "resolved_at", "closed_at", "due_at")
    )
    places = ", ".join(["%s"] * len(OPEN_STATUSES))
    cursor.execute(
        f"UPDATE issues_ticket SET {moved} WHERE id >= %s AND status NOT IN ({places})",  # noqa: S608
        [first, *OPEN_STATUSES],
    )


Row = dict[str, object]


def _template(pk: int) -> tuple[Row, list[Row], Row | None, Row]:
    ticket = _rows("issues_ticket", "id", pk)[0]
    clocks = [_without_id(row) for row in _rows("issues_ticketclock", "ticket_id", pk) if not row["consultation_id"]]
    decisions = [_without_id(row) for row in _rows("issues_routingdecision", "ticket_id", pk)]
    events = [_without_id(row) for row in _rows("issues_ticketevent", "ticket_id", pk)]
    return ticket, clocks, decisions[-1] if decisions else None, events[-1]


def _without_id(row: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in row.items() if name != "id"}


def _rows(table: str, column: str, value: int) -> list[dict[str, object]]:
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} WHERE {column} = %s ORDER BY id", [value])  # noqa: S608
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _insert(cursor: Any, table: str, rows: list[Row]) -> None:
    if not rows:
        return
    names = list(rows[0])
    columns = ", ".join(f'"{name}"' for name in names)
    if cursor.db.vendor == "postgresql":
        with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row([row[name] for name in names])
        return
    statement = f"INSERT INTO {table} ({columns}) VALUES ({', '.join(['%s'] * len(names))})"  # noqa: S608
    cursor.executemany(statement, [[row[name] for name in names] for row in rows])


def analyse() -> None:
    """The planner knows the tables, as after a night of autovacuum."""
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def session_of(email: str) -> str:
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: PLC0415
    from django.contrib.sessions.backends.db import SessionStore  # noqa: PLC0415

    from accounts.models import User  # noqa: PLC0415

    user = User.objects.get(email=email)
    session = SessionStore()
    session.update(
        {
            SESSION_KEY: str(user.pk),
            BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend",
            HASH_SESSION_KEY: user.get_session_auth_hash(),
        }
    )
    session.save()
    return str(session.session_key)


def queries_of(session: str) -> dict[str, int]:
    """How many queries each page asks, the second time."""
    from django.conf import settings  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from bench.lists import PAGES  # noqa: PLC0415

    client, found = Client(SERVER_NAME="127.0.0.1"), {}
    client.cookies[settings.SESSION_COOKIE_NAME] = session
    for path in PAGES.values():
        assert client.get(path).status_code == 200
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        found[path] = len(captured)
    return found


if __name__ == "__main__":
    main()
