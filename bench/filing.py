"""Filings over HTTP until everything that follows is written, against django-helpdesk: `python -m bench.filing`.

Ours files over the HTTP interface with a token and an idempotency key; each filing is routed, gets its clocks, its
events with their hashes. The worker and beat of the product run beside it: they drain the log into notifications,
mails (to files) and the search index. The peer's form saves a ticket and a follow-up and sends its mail (to a file)
before it answers; the CSRF token of its form is fetched once per connection.

Both sides alternate, with two web processes and the same client with four connections, on PostgreSQL where DATABASE_URL
is set (ours with Redis where REDIS_URL is set), on SQLite otherwise. Measured in each round:

* in the request: filings a second, and processor time of the web processes per filing;
* until all is written: processor time of all processes (web, worker, beat, PostgreSQL) per filing, from the first
  request until no event, mail or note for search waits.
"""

import argparse
import itertools
import json
import re
import subprocess
import sys
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median
from urllib.parse import urlencode

from bench.client import Connection, Messages, rate, request
from bench.database import engine, throwaway
from bench.follow import follower
from bench.peer import VERSION, Peer
from bench.rounds import WARM_UP
from bench.servers import BENCH_VAR, Running, ours
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


@dataclass
class Side:
    """One side and its measurements, in milliseconds of processor time per filing."""

    name: str
    server: Running
    messages: Callable[[Connection], Messages]
    status: int
    wait: Callable[[], None]  # until all that follows is written
    rates: list[float] = field(default_factory=list)
    request_ms: list[float] = field(default_factory=list)
    all_ms: list[float] = field(default_factory=list)

    def measure(self, seconds: float) -> tuple[float, float, float]:
        """Filings a second, processor time in the request, and until all is written."""
        web, everything = self.server.cpu_seconds(), self.server.all_cpu_seconds()
        found = rate(self.server.ports, self.messages, status=self.status, seconds=seconds)
        in_request = self.server.cpu_seconds() - web
        self.wait()
        in_all = self.server.all_cpu_seconds() - everything
        return found.per_second, 1000 * in_request / found.answers, 1000 * in_all / found.answers

    def to_dict(self) -> dict[str, object]:
        return {
            "name": self.name,
            "per_second": round(median(self.rates), 1),
            "request_cpu_ms": round(median(self.request_ms), 2),
            "all_cpu_ms": round(median(self.all_ms), 2),
        }


def measure(rounds: int, seconds: float) -> list[Side]:
    """Both sides alternately, ours first; the first round is not counted."""
    with throwaway("peer") as database, ours() as product:
        peer = Peer(BENCH_VAR / "peer", database)
        peer.install()
        peer.prepare(0)
        token = str(product.script("bench.follow", "--token", "enterprise@demo.example")["token"])
        with product.running(with_workers=True) as mine, peer.running() as theirs, follower(product) as wait:
            sides = [
                Side("Trong Ngày, POST /api/v1/tickets", mine, lambda _line: our_messages(token), 201, wait),
                Side(f"django-helpdesk {VERSION}, POST /tickets/submit/", theirs, peer_messages, 302, lambda: None),
            ]
            wait()
            for number in range(rounds + 1):
                for side in sides:
                    found = side.measure(seconds if number else WARM_UP)
                    if number:
                        for values, value in zip((side.rates, side.request_ms, side.all_ms), found, strict=True):
                            values.append(value)
    return sides


def ratio(ours: list[float], theirs: list[float]) -> float:
    """The peer's cost by ours, as the median over the rounds: what disturbs a round disturbs both sides."""
    return round(median(other / own for own, other in zip(ours, theirs, strict=True)), 2)


def drained(filings: int = 300) -> int:
    """Events a second that one worker takes through all consumers, mails rendered (see bench.drain)."""
    command = [sys.executable, "-m", "bench.drain", "--one", "--json", f"--filings={filings}"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    rows = json.loads(done.stdout.strip().splitlines()[-1])["rows"]
    return int(rows[-1]["per_second"])


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=4.0)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args(arguments)
    mine, theirs = measure(chosen.rounds, chosen.seconds)
    found = {
        "engine": engine(),
        "request_ratio": ratio(mine.request_ms, theirs.request_ms),
        "sustained_ratio": ratio(mine.all_ms, theirs.all_ms),
        "drain_events_per_second": drained(),
    }
    if chosen.json:
        print(json.dumps({**found, "sides": [mine.to_dict(), theirs.to_dict()]}))
        return
    print(
        f"{found['engine']}: median of {chosen.rounds} rounds of {chosen.seconds:g} s, two processes, four connections"
    )
    print(f"{'':48}{'a second':>10}{'request CPU ms':>16}{'all CPU ms':>12}")
    for side in (mine, theirs):
        print(f"{side.name:48}{median(side.rates):>10,.1f}{median(side.request_ms):>16.2f}{median(side.all_ms):>12.2f}")
    print(
        f"ratio of processor time (over 1: ours costs less): request {found['request_ratio']}, "
        f"until all is written {found['sustained_ratio']}; {found['drain_events_per_second']} events a second drained"
    )


if __name__ == "__main__":
    main()
