"""Wall and processor time of calls that take turns, so that both sides meet the same machine."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

_WARM = 1  # rounds that are not counted


@dataclass
class Times:
    """Milliseconds of each call, by round; `cpu` is the processor time of this process."""

    wall: list[list[float]] = field(default_factory=list)
    cpu: list[list[float]] = field(default_factory=list)

    def p(self, percent: int, *, cpu: bool = False) -> float:
        """The percentile over the calls of a round, median of the rounds."""
        return statistics.median(percentile(calls, percent) for calls in (self.cpu if cpu else self.wall))

    def least(self, percent: int) -> float:
        """The percentile over the calls, of each the shortest time of all rounds: a machine that is free for it."""
        return percentile([min(calls) for calls in zip(*self.wall, strict=True)], percent)


def percentile(values: Sequence[float], percent: int) -> float:
    """The smallest value that so many percent of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


def alternate(sides: Mapping[str, Sequence[Callable[[], object]]], rounds: int) -> dict[str, Times]:
    """Ask every question of every side, one after the other, in another order each round."""
    chance = random.Random(1)
    times = {name: Times() for name in sides}
    count = len(next(iter(sides.values())))
    for number in range(_WARM + rounds):
        wall = {name: [0.0] * count for name in sides}
        cpu = {name: [0.0] * count for name in sides}
        for at in chance.sample(range(count), count):
            for name in chance.sample(list(sides), len(sides)):
                began, used = time.perf_counter(), time.process_time()
                sides[name][at]()
                wall[name][at] = (time.perf_counter() - began) * 1000
                cpu[name][at] = (time.process_time() - used) * 1000
        if number >= _WARM:
            for name, taken in times.items():
                taken.wall.append(wall[name])
                taken.cpu.append(cpu[name])
    return times
