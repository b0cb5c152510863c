"""Lists of tickets among many, against the ticket list of django-helpdesk: `python -m bench.lists`.

Ours: `GET /api/v1/tickets` (25 tickets with clocks, routing reasons and what the caller may do) as an officer, the
inbox and the board. The peer's: 25 rows of the table of its ticket list (`datatables_ticket_list`), as a superuser.
Then ours again among 100,000, against the same among 1,000.
"""

import argparse
import base64
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bench.client import Connection, Messages, request
from bench.peer import VERSION, Peer
from bench.rounds import Side, alternate, ratio, table
from bench.servers import BENCH_VAR, Running, ours

AMONG, FEW, MANY = 10_000, 1_000, 100_000
PAGES = {
    "GET /api/v1/tickets": "/api/v1/tickets",
    "GET /vi/inbox/": "/vi/inbox/",
    "GET /vi/board/": "/vi/board/",
}


def repeated(message: bytes) -> Callable[[Connection], Messages]:
    def messages(_line: Connection) -> Messages:
        while True:
            yield message

    return messages


def peer_list(session: str) -> bytes:
    """What the peer's page asks for its table: all tickets, the first 25."""
    query = {"filtering": {}, "filtering_null": {}, "sorting": "created", "sortreverse": False, "search_string": ""}
    coded = base64.b64encode(json.dumps(query).encode()).decode()
    path = (
        f"/datatables_ticket_list/{coded}?draw=1&start=0&length=25&order[0][column]=0&order[0][dir]=desc&search[value]="
    )
    return request("GET", path, {"Cookie": f"sessionid={session}"})


@contextmanager
def our_side(tickets: int) -> Iterator[tuple[Running, str, dict[str, object]]]:
    """Our product with so many tickets: its server, the session of an officer, and queries of each page."""
    with ours() as product:
        made = product.script("bench.fill", str(tickets))
        with product.running() as running:
            yield running, str(made["session"]), made


def our_sides(running: Running, session: str, label: str) -> list[Side]:
    return [
        Side(f"{name}, among {label}", running, repeated(request("GET", path, {"Cookie": f"sessionid={session}"})), 200)
        for name, path in PAGES.items()
    ]


def against_the_peer(rounds: int, seconds: float) -> list[Side]:
    peer = Peer(BENCH_VAR / "peer")
    peer.install()
    peer.prepare(AMONG, exactly=True)
    with our_side(AMONG) as (running, session, _made), peer.running() as theirs:
        name = f"django-helpdesk {VERSION}, its table of tickets"
        sides = [*our_sides(running, session, f"{AMONG:,}"), Side(name, theirs, repeated(peer_list(peer.session)), 200)]
        alternate(sides, rounds=rounds, seconds=seconds)
    return sides


def many_against_few(rounds: int, seconds: float) -> tuple[list[Side], list[Side], dict[str, object]]:
    with our_side(MANY) as (many, many_session, made), our_side(FEW) as (few, few_session, _made):
        big, small = our_sides(many, many_session, f"{MANY:,}"), our_sides(few, few_session, f"{FEW:,}")
        alternate([side for pair in zip(big, small, strict=True) for side in pair], rounds=rounds, seconds=seconds)
    return big, small, made


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args(arguments)
    sides = against_the_peer(chosen.rounds, chosen.seconds)
    big, small, made = many_against_few(chosen.rounds, chosen.seconds)
    costs = {one.name: round(one.cost / other.cost, 2) for one, other in zip(big, small, strict=True)}
    if chosen.json:
        found = [side.to_dict() for side in (*sides, *big, *small)]
        print(
            json.dumps(
                {"sides": found, "ratio": ratio(sides[0], sides[-1]), "costs": costs, "queries": made["queries"]}
            )
        )
        return
    print(f"Lists: median of {chosen.rounds} rounds of {chosen.seconds:g} s, two processes, four connections")
    print(table(sides, sides[-1]))
    print()
    print(f"{'':48}{'CPU ms':>10}{f'among {FEW:,}':>14}{'costs':>9}")
    for one, other in zip(big, small, strict=True):
        print(f"{one.name:48}{one.cost:>10.1f}{other.cost:>14.1f}{costs[one.name]:>8.2f}x")
    queries = made["queries"]
    assert isinstance(queries, dict)
    print("queries: " + ", ".join(f"{path} {number}" for path, number in queries.items()))


if __name__ == "__main__":
    main()
