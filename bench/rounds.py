"""Sides measured alternately: rates and processor time per answer, as medians over the rounds."""

import statistics
from collections.abc import Callable
from dataclasses import dataclass, field

from bench.client import Connection, Messages, rate
from bench.servers import Running

WARM_UP = 1.0  # seconds of the first round, which is not counted


@dataclass
class Side:
    """One side of a comparison and its measurements. Other work on the machine moves rates; processor time less."""

    name: str
    server: Running
    messages: Callable[[Connection], Messages]
    status: int
    rates: list[float] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)  # of processor time per answer

    def measure(self, seconds: float) -> tuple[float, float]:
        """Answers a second, and milliseconds of processor time per answer."""
        before = self.server.cpu_seconds()
        found = rate(self.server.ports, self.messages, status=self.status, seconds=seconds)
        return found.per_second, (self.server.cpu_seconds() - before) * 1000 / found.answers

    @property
    def rate(self) -> float:
        return statistics.median(self.rates)

    @property
    def cost(self) -> float:
        return statistics.median(self.milliseconds)

    def to_dict(self) -> dict[str, object]:
        return {
            "name": self.name,
            "per_second": round(self.rate, 1),
            "cpu_ms": round(self.cost, 2),
            "rounds": [round(value, 1) for value in self.rates],
        }


def alternate(sides: list[Side], *, rounds: int, seconds: float) -> None:
    """Measure each side once a round, in the same order; the first round warms up."""
    for number in range(rounds + 1):
        for side in sides:
            per_second, milliseconds = side.measure(seconds if number else WARM_UP)
            if number:
                side.rates.append(per_second)
                side.milliseconds.append(milliseconds)


def ratio(one: Side, other: Side) -> float:
    """How much faster `one` is, as the median over the rounds: what disturbs a round disturbs both sides."""
    return round(statistics.median(a / b for a, b in zip(one.rates, other.rates, strict=True)), 2)


def table(sides: list[Side], baseline: Side) -> str:
    """Rates, processor time and ratios to the baseline."""
    lines = [f"{'':48}{'a second':>10}{'CPU ms':>9}{'ratio':>8}"]
    lines += [f"{one.name:48}{one.rate:>10,.1f}{one.cost:>9.2f}{ratio(one, baseline):>7.2f}x" for one in sides]
    return "\n".join(lines)
