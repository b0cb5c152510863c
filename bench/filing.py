"""Filings a second over HTTP, against the public ticket form of django-helpdesk: `python -m bench.filing`.

Ours files over the HTTP interface with a token and an idempotency key; each filing is routed, gets its clocks, its
events with their hashes, and its place in the queue for mail and search. What hangs on the log (mail, search) is
drained by the worker afterwards; the time it takes is printed in a line of its own. The peer's form saves a ticket and
a follow-up and hands a mail to a backend that drops it; the CSRF token of its form is fetched once per connection.

Both sides: two processes, SQLite with the same settings, the same client with four connections, in turns.
"""

import argparse
import itertools
import json
import re
import uuid
from urllib.parse import urlencode

from bench.client import Connection, Messages, request
from bench.peer import VERSION, Peer
from bench.servers import BENCH_VAR, ours
from bench.turns import Side, ratio, table, take_turns
from deploy.steps import ROOT

_TEXTS = [
    (row["title_vi"], row["summary_vi"])
    for row in json.loads((ROOT / "data" / "proposals.json").read_text(encoding="utf-8"))
]


def our_messages(token: str) -> Messages:
    """Proposals as a program files them; no two are the same."""
    for number, (title, body) in enumerate(itertools.cycle(_TEXTS)):
        yield request(
            "POST",
            "/api/v1/tickets",
            {
                "Authorization": f"Bearer {token}",
                "Idempotency-Key": str(uuid.uuid4()),
                "Content-Type": "application/json",
            },
            json.dumps({"title": f"{title} ({number})", "body": body}).encode(),
        )


def peer_messages(line: Connection) -> Messages:
    """The peer's form with the token that its page gave."""
    page = line.exchange(request("GET", "/tickets/submit/"))
    token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', page.body)
    cookie = re.search(r"csrftoken=([^;]+)", page.header("set-cookie"))
    assert token, page.body[:2000]
    assert cookie
    for number, (title, body) in enumerate(itertools.cycle(_TEXTS)):
        form = {
            "csrfmiddlewaretoken": token[1].decode(),
            "queue": "1",
            "title": f"{title} ({number})"[:100],
            "body": body,
            "priority": "3",
            "submitter_email": "enterprise@example.com",
        }
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"csrftoken={cookie[1]}",
            "Referer": "http://127.0.0.1/tickets/submit/",
        }
        yield request("POST", "/tickets/submit/", headers, urlencode(form).encode())


def measure(rounds: int, seconds: float) -> tuple[list[Side], dict[str, object]]:
    """Both sides in turns, ours first; and how long draining took."""
    peer = Peer(BENCH_VAR / "peer")
    peer.install()
    peer.prepare(0)
    with ours() as product:
        token = str(product.script("bench.drain", "--token", "enterprise@demo.example")["token"])
        with product.running() as mine, peer.running() as theirs:
            sides = [
                Side("Trong Ngày, POST /api/v1/tickets", mine, lambda _line: our_messages(token), 201),
                Side(f"django-helpdesk {VERSION}, POST /tickets/submit/", theirs, peer_messages, 302),
            ]
            take_turns(sides, rounds=rounds, seconds=seconds)
        return sides, product.script("bench.drain")


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=4.0)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args(arguments)
    sides, drain = measure(chosen.rounds, chosen.seconds)
    if chosen.json:
        print(json.dumps({"sides": [side.to_dict() for side in sides], "ratio": ratio(*sides), "drain": drain}))
        return
    print(f"Filings: median of {chosen.rounds} turns of {chosen.seconds:g} s, two processes, four connections")
    print(table(sides, sides[-1]))
    print(
        f"afterwards, by one worker: {drain['events']} events drained into mail and search in {drain['seconds']} s "
        f"({drain['rate']} a second)"
    )


if __name__ == "__main__":
    main()
