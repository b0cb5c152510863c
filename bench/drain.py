"""How many events a second one worker brings from the log to everybody: `python -m bench.drain`.

Filings are written first, each as one transaction with its events. Then one worker does what it does in production, in
this process: the consumers without mail alone, the consumer that writes notifications, then everything together, in
rounds as a worker's tasks go: consumers, mails rendered and handed to a backend that writes them to a file, notes of
search. Every filer is somebody else, so that each receipt is a mail of its own; mails that are due for one officer
together may become one, as in production.

SQLite in a temporary folder, and a database of its own on the server of DATABASE_URL where that is set. Medians of the
runs, each from the beginning of the log.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from bench.open_tickets import people, throwaway_database

ASSISTED = 20  # every so many-th filing is made by an officer, for an enterprise with a contact person
WEBHOOKS = 2
TARGETS = {"without mail": 1_000, "all, mails rendered": 400}  # events a second


def write_filings(force: Any, number: int) -> int:
    """File so many proposals, each by somebody else; how many events that makes."""
    from accounts.models import Membership, Role, User  # noqa: PLC0415 - Django is set up first
    from issues.actions import filing  # noqa: PLC0415
    from issues.actor import Actor  # noqa: PLC0415
    from issues.models import TicketEvent  # noqa: PLC0415
    from tests.factories.issues import make_enterprise  # noqa: PLC0415

    officer, before = Actor.of(force.coordinator), TicketEvent.objects.count()
    for n in range(number):
        words = {"title": f"Hỏi về giấy phép xây dựng ({n})", "body": "Công trình khởi công năm 2012."}
        if n % ASSISTED == 0:
            behalf = {
                "tax_code": "0109990027", "name": "Công ty Mới", "contact": "Chị Ba", "phone": "09",
                "email": f"contact{n}@example.com",
            }  # fmt: skip
            filing.file_ticket(actor=officer, channel="counter", category="construction", on_behalf_of=behalf, **words)
        else:
            filer = User.objects.create_user(
                f"filer{n}@example.com", None, name="Doanh nghiệp"
            )  # hashing takes longest
            Membership.objects.create(user=filer, role=Role.ENTERPRISE, enterprise=make_enterprise())
            filing.file_ticket(actor=Actor.of(filer), category="construction", **words)
    return TicketEvent.objects.count() - before


def rewind() -> None:
    """Remove everything that follows the filings."""
    from issues.models import ConsumerCursor, ContactNotice, Notification, WebhookDelivery  # noqa: PLC0415
    from search.models import PendingChange  # noqa: PLC0415

    ConsumerCursor.objects.update(last_event_id=0)
    for model in (Notification, ContactNotice, WebhookDelivery, PendingChange):
        model.objects.all().delete()


def without_mail() -> None:
    from issues.events.consumers import consumers  # noqa: PLC0415
    from issues.events.drain import drain  # noqa: PLC0415

    for consumer in consumers():
        if consumer.name != "mail":
            drain(consumer)


def mail_alone() -> None:
    from issues.events.drain import drain  # noqa: PLC0415
    from issues.notifications.mail import MAIL  # noqa: PLC0415

    drain(MAIL)


def everything() -> None:
    """What the worker's tasks do after a kick, until nothing is left."""
    from issues.events.drain import drain_all  # noqa: PLC0415
    from issues.mail.contact import send_contact_notices  # noqa: PLC0415
    from issues.mail.outbox import send_due  # noqa: PLC0415
    from search import sync  # noqa: PLC0415

    drain_all()
    while send_due() + send_contact_notices():
        pass
    sync.drain()


def measured(name: str, events: int, runs: int, work: Callable[[], None]) -> dict[str, Any]:
    """Events a second, and processor time and statements for each event."""
    from django.db import connection  # noqa: PLC0415

    statements = 0

    def count(execute: Any, *arguments: Any) -> Any:
        nonlocal statements
        statements += 1
        return execute(*arguments)

    rates, costs = [], []
    for _run in range(runs):
        rewind()
        with connection.execute_wrapper(count):
            cpu, began = time.process_time(), time.perf_counter()
            work()
            rates.append(events / (time.perf_counter() - began))
            costs.append(1_000 * (time.process_time() - cpu) / events)
    return {
        "name": name, "events": events, "per_second": round(statistics.median(rates)), "target": TARGETS.get(name),
        "cpu_ms": round(statistics.median(costs), 3), "statements": round(statements / events / runs, 2),
    }  # fmt: skip


def measure(filings: int, runs: int) -> dict[str, Any]:
    """All pieces of work on the engine that the environment names."""
    with throwaway_database() as engine:
        from django.conf import settings  # noqa: PLC0415

        from issues.assignment.default_rules import load_routing  # noqa: PLC0415
        from issues.models import ContactNotice, Notification, WebhookEndpoint  # noqa: PLC0415

        settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
        load_routing()
        for n in range(WEBHOOKS):
            WebhookEndpoint.objects.create(name=f"Bench {n}", url="https://example.com", audience="internal")
        events = write_filings(people(), filings)
        everything()  # a worker has read addresses, templates and catalogues long ago
        rows = [
            measured("without mail", events, runs, without_mail),
            measured("notifications and mails written", events, runs, mail_alone),
            measured("all, mails rendered", events, runs, everything),
        ]
        mails = Notification.objects.filter(channel="mail", state="sent")
        sent = mails.filter(bundle=None).count() + mails.exclude(bundle=None).values("bundle").distinct().count()
        sent += ContactNotice.objects.filter(state="sent").count()
    return {"engine": engine, "filings": filings, "mails": sent, "rows": rows}


def table(found: dict[str, Any]) -> str:
    """The figures of one engine."""
    lines = [
        f"{found['engine']}: {found['filings']:,} filings, {found['mails']:,} mails in the last row, one worker",
        f"{'':34}{'events':>8}{'a second':>10}{'target':>9}{'CPU ms':>9}{'statements':>12}",
    ]
    for row in found["rows"]:
        target = f"{row['target']:,}" if row["target"] else ""
        lines.append(
            f"{row['name']:34}{row['events']:>8,}{row['per_second']:>10,}{target:>9}{row['cpu_ms']:>9.2f}"
            f"{row['statements']:>12.2f}"
        )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--filings", type=int, default=1_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--one", action="store_true", help="only the engine that DATABASE_URL names, SQLite without it")
    chosen = parser.parse_args()
    if chosen.one:
        found = measure(chosen.filings, chosen.runs)
        print(json.dumps(found) if chosen.json else table(found))
        return
    # Django is set up once in a process, so each engine has one of its own.
    servers = dict.fromkeys(["", os.environ.get("DATABASE_URL", "")])
    command = [sys.executable, "-m", "bench.drain", "--one", f"--filings={chosen.filings}", f"--runs={chosen.runs}"]
    for address in servers:
        environment = {**os.environ, "DATABASE_URL": address}
        subprocess.run(command + ["--json"] * chosen.json, env=environment, check=True)


if __name__ == "__main__":
    main()
