"""Whether any text entry can be made slow: `python -m bench.hostile`.

Every way in is given texts that are made to be slow, of n and of 2n characters (n = 25,000, at least 20,000):
processor time of this process, the smallest of five runs. Linear work doubles, quadratic work takes four times as
long; a text that is refused by its length costs about the same. More than three times is reported, an error that is
no refusal, too; then the exit code is 1. Of each entry the shape with the highest ratio is shown, and the slowest one.

Requests go through the whole of Django in this process, on an empty database (SQLite in a temporary folder, or one of
its own on the server of DATABASE_URL).
"""

import argparse
import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from bench.hostile.shapes import Shape, fresh
from bench.open_tickets import people, throwaway_database

if TYPE_CHECKING:
    from bench.hostile.entries import Entry

LEAST = 20_000
DEFAULT = 25_000  # above what a proposal may have: n and 2n are both accepted, or both refused
RUNS = 5
MOST_RATIO = 3.0
_LONG = 2.0  # seconds
_ENOUGH = 0.001  # seconds: below, the clock and the collector of garbage decide, so calls are repeated


@dataclass(frozen=True)
class Measured:
    """One entry with one shape: milliseconds of processor time for n and for 2n characters."""

    entry: str
    shape: str
    first: float
    second: float

    @property
    def ratio(self) -> float:
        return self.second / self.first


def smallest(take: Callable[[str], object], shape: Shape, n: int) -> float:
    """Milliseconds for one text, the smallest of the runs."""
    repeats, found = 1, float("inf")
    for _run in range(RUNS):
        spent = _spent(take, shape, n, repeats)
        if spent < _ENOUGH * repeats and repeats == 1:  # the first run says how often is enough
            repeats = min(10, max(1, round(_ENOUGH / max(spent, 1e-6))))
            spent = _spent(take, shape, n, repeats)
        found = min(found, spent)
        if spent > _LONG:  # no need of five to see it
            break
    return found * 1000


def _spent(take: Callable[[str], object], shape: Shape, n: int, repeats: int) -> float:
    """Seconds for one text. Limits by rate are forgotten before: it is their work that is measured, not their end."""
    from django.core.cache import caches  # noqa: PLC0415 - Django is set up first

    texts = [fresh(shape, n) for _ in range(repeats)]
    total = 0.0
    for text in texts:
        caches["default"].clear()
        began = time.process_time()
        take(text)
        total += time.process_time() - began
    return total / repeats


def measure(entry: "Entry", shape_name: str, n: int) -> Measured:
    """A ratio above the limit is measured once more: what disturbed one pair does not disturb two."""
    pairs = []
    for _attempt in range(2):
        first, second = (smallest(entry.take, entry.shapes[shape_name], length) for length in (n, 2 * n))
        pair = Measured(entry.name, shape_name, first, second)
        pairs.append(pair)
        if pair.ratio <= MOST_RATIO:
            break
    return min(pairs, key=lambda one: one.ratio)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="every measurement, not only the worst of each entry")
    parser.add_argument("--characters", type=int, default=DEFAULT, help="n")
    parser.add_argument("--entry", default="", help="only entries whose name has this")
    parser.add_argument("--shape", default="", help="only shapes whose name has this")
    chosen = parser.parse_args()
    if chosen.characters < LEAST:
        parser.error(f"shorter texts than {LEAST:,} characters say nothing")
    found: list[Measured] = []
    broken: list[str] = []
    with throwaway_database() as engine:
        from bench.hostile.entries import entries  # noqa: PLC0415 - Django is set up first

        for entry in entries(people()):
            if chosen.entry not in entry.name:
                continue
            rows = []
            for name in entry.shapes:
                if chosen.shape not in name:
                    continue
                try:
                    rows.append(measure(entry, name, chosen.characters))
                except Exception as error:
                    broken.append(f"{entry.name} / {name}: {error!r}"[:200])
            found += rows
            if not chosen.json and rows:
                print(_line(rows), flush=True)
    slow = [one for one in found if one.ratio > MOST_RATIO]
    if chosen.json:
        print(
            json.dumps(
                {
                    "characters": chosen.characters,
                    "database": engine,
                    "most_ratio": MOST_RATIO,
                    "broken": broken,
                    "slow": [asdict(one) for one in slow],
                    "measured": [asdict(one) | {"ratio": round(one.ratio, 2)} for one in found],
                },
                ensure_ascii=False,
                indent=1,
            )
        )
    else:
        print(f"\n{len(found)} measured, {len(slow)} above {MOST_RATIO:g} x, {len(broken)} broken")
        for one in slow:
            print(f"  {one.entry} / {one.shape}: {one.first:.2f} -> {one.second:.2f} ms, {one.ratio:.1f} x")
        for line in broken:
            print(f"  {line}")
    return 1 if slow or broken else 0


def _line(rows: list[Measured]) -> str:
    steepest = max(rows, key=lambda one: one.ratio)
    slowest = max(rows, key=lambda one: one.second)
    return (
        f"{steepest.entry:36}{steepest.ratio:>6.2f}x {steepest.shape:36}"
        f"{slowest.first:>9.2f}{slowest.second:>9.2f} ms {slowest.shape}"
    )


if __name__ == "__main__":
    sys.exit(main())
