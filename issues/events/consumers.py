"""The consumers of the event log. Each one has its own cursor, so that none waits for another."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from issues.models import TicketEvent


@dataclass(frozen=True)
class Consumer:
    """A name that never changes (its cursor lies under it) and a handler of events, oldest first.

    The handler runs inside the transaction that moves the cursor: what it writes to the database is kept exactly once.
    What it does elsewhere may happen again after a crash, so it must be idempotent by event id. It may raise: then the
    events are handed to it again one by one, to find the one that it cannot handle.
    """

    name: str
    handle: Callable[[Sequence[TicketEvent]], None]


_consumers: dict[str, Consumer] = {}


def register(consumer: Consumer) -> None:
    """Let a consumer be drained; called from an AppConfig. A second call with the same name replaces the first."""
    _consumers[consumer.name] = consumer


def consumers() -> list[Consumer]:
    return list(_consumers.values())
