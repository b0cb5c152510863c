"""Reports to a bench when everything that follows a filing is written, and makes a token. Runs on the product's data.

`python -m bench.follow` reads lines: after each it waits until no event, mail or note for search is left, and answers.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import django

from bench.servers import Ours
from deploy.steps import PYTHON, ROOT

LOOK_EVERY = 0.1  # seconds
WITHIN = 300.0  # seconds


@contextmanager
def follower(product: Ours) -> Iterator[Callable[[], None]]:
    """A function that returns once everything is written."""
    process = subprocess.Popen(
        [str(PYTHON), "-m", "bench.follow"],
        cwd=ROOT,
        env={**os.environ, **product.env},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin
    assert process.stdout

    def wait() -> None:
        print("?", file=process.stdin, flush=True)
        answer = process.stdout.readline().strip()
        if answer != "written":
            raise SystemExit(f"what follows the filings is not written: {answer}")

    try:
        yield wait
    finally:
        process.stdin.close()
        process.wait(30)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--token", metavar="EMAIL", help="print a new token of this person")
    chosen = parser.parse_args()
    django.setup()
    if chosen.token:
        print(json.dumps({"token": token_of(chosen.token)}))
        return
    for _line in sys.stdin:
        deadline = time.monotonic() + WITHIN
        while (left := waiting()) and time.monotonic() < deadline:
            time.sleep(LOOK_EVERY)
        print(left or "written", flush=True)


def token_of(email: str) -> str:
    """A new token of this person."""
    from accounts.models import ApiToken, User  # noqa: PLC0415 - Django is set up first

    return ApiToken.issue(user=User.objects.get(email=email), name="bench")[1]


def waiting() -> str:
    """What is not written yet; empty when everything is."""
    from core import clock  # noqa: PLC0415
    from issues.events.consumers import consumers  # noqa: PLC0415
    from issues.models import ConsumerCursor, ContactNotice, Notification, TicketEvent  # noqa: PLC0415
    from search.models import PendingChange  # noqa: PLC0415

    newest = TicketEvent.objects.order_by("-id").values_list("id", flat=True).first() or 0
    behind = [
        consumer.name
        for consumer in consumers()
        if not ConsumerCursor.objects.filter(name=consumer.name, last_event_id__gte=newest).exists()
    ]
    due = {"state": "waiting", "next_attempt_at__lte": clock.now()}
    left = {
        "mails": Notification.objects.filter(channel="mail", **due).count(),
        "mails to contacts": ContactNotice.objects.filter(**due).count(),
        "notes for search": PendingChange.objects.count(),
    }
    return ", ".join([*behind, *(f"{number} {name}" for name, number in left.items() if number)])


if __name__ == "__main__":
    main()
