"""The numbers at /metrics. An app adds its own with `gauge()`; it is read at each scrape."""

import logging
from collections.abc import Callable, Iterator, Mapping

from prometheus_client import REGISTRY, Counter, Histogram
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

log = logging.getLogger(__name__)

REQUESTS = Counter("http_requests", "Requests answered", ["view", "method", "status"])
LATENCY = Histogram(
    "http_request_seconds",
    "Time to answer a request",
    ["view"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2.5, 5, 10),
)

Reading = float | Mapping[str, float]


class _Gauges(Collector):
    """Numbers read at the moment of the scrape. One that cannot be read is left out and logged."""

    def __init__(self) -> None:
        self.readers: dict[str, tuple[str, str, Callable[[], Reading]]] = {}

    def describe(self) -> list[GaugeMetricFamily]:
        return []  # nothing is read at registration: the database may not be there yet

    def collect(self) -> Iterator[GaugeMetricFamily]:
        for name, (documentation, label, read) in self.readers.items():
            try:
                reading = read()
            except Exception:
                log.exception("The gauge %s cannot be read", name)
                continue
            family = GaugeMetricFamily(name, documentation, labels=[label] if label else [])
            if isinstance(reading, Mapping):
                for value, number in reading.items():
                    family.add_metric([value], number)
            else:
                family.add_metric([], reading)
            yield family


_gauges = _Gauges()
REGISTRY.register(_gauges)


def gauge(name: str, documentation: str, read: Callable[[], Reading], *, label: str = "") -> None:
    """Show `read()` under `name`: one number, or with `label` a number for each of its values."""
    _gauges.readers[name] = (documentation, label, read)
