"""One open socket as the hub sees it: its topics, its identity and a bounded queue."""

import asyncio
from dataclasses import dataclass, field

from issues.events.topics import Topic
from issues.live.identity import Identity
from issues.live.position import START, Position

QUEUE_SIZE = 1000  # messages; a client that is further behind than this is closed and reconnects

# Why the server closes a socket. The first two are part of the contract; after the others a client reconnects.
NO_SESSION = 4401
NO_RIGHT = 4403
TOO_SLOW = 4408
TOO_MANY = 4429
TRY_LATER = 1013

_END = (None, "")


@dataclass(eq=False)
class Subscription:
    """Messages wait here until the socket takes them. Only the event loop touches it."""

    identity: Identity
    topics: tuple[Topic, ...]
    wants_presence: bool = False  # who else is looking at the tickets among the topics
    closed_with: int | None = None
    _queue: asyncio.Queue[tuple[Position | None, str]] = field(default_factory=lambda: asyncio.Queue(QUEUE_SIZE))
    _queued_to: Position = START  # everything up to here was queued
    _taken_to: Position = START  # the last event that was taken from the queue

    @property
    def watched_tickets(self) -> tuple[str, ...]:
        """Codes of the tickets whose other readers the client wants to know."""
        return tuple(topic.key for topic in self.topics if topic.kind == "ticket") if self.wants_presence else ()

    @property
    def position(self) -> Position:
        """Up to where everything has been taken: never past a message that still waits in the queue."""
        return self._queued_to if self._queue.empty() else self._taken_to

    def advance(self, position: Position) -> None:
        """Note that every event up to here that concerns this socket has been offered."""
        self._queued_to = position

    def offer(self, position: Position | None, message: str) -> None:
        """Queue a message with its event's position, None for what is no event.

        A full queue ends the subscription instead of holding up everybody else.
        """
        if self.closed_with is not None:
            return
        try:
            self._queue.put_nowait((position, message))
        except asyncio.QueueFull:
            self.close(TOO_SLOW)

    def close(self, code: int) -> None:
        """End the subscription; what still waits is never sent. The first reason counts."""
        if self.closed_with is not None:
            return
        self.closed_with = code
        while not self._queue.empty():
            self._queue.get_nowait()
        self._queue.put_nowait(_END)

    async def next(self) -> tuple[Position | None, str] | None:
        """The next message with its event's position; None once the subscription has ended."""
        if self.closed_with is not None:
            return None
        position, text = await self._queue.get()
        if self.closed_with is not None:
            return None
        if position is not None:
            self._taken_to = position
        return position, text
