"""One open socket as the hub sees it: its topics, its identity and a bounded queue."""

import asyncio
from dataclasses import dataclass, field

from issues.events.topics import Topic
from issues.live.identity import Identity

QUEUE_SIZE = 1000  # messages; a client that is further behind than this is closed and comes back

# Why the server closes a socket. The first two are part of the contract; after the others a client comes back.
NO_SESSION = 4401
NO_RIGHT = 4403
TOO_SLOW = 4408
TRY_LATER = 1013

_END = (0, "")
NO_EVENT = -1  # stands for the id of what is no event


@dataclass(eq=False)
class Subscription:
    """Messages wait here until the socket takes them. Only the event loop touches it."""

    identity: Identity
    topics: tuple[Topic, ...]
    wants_presence: bool = False  # who else is looking at the tickets among the topics
    closed_with: int | None = None
    _queue: asyncio.Queue[tuple[int, str]] = field(default_factory=lambda: asyncio.Queue(QUEUE_SIZE))

    @property
    def watched_tickets(self) -> tuple[str, ...]:
        """Codes of the tickets whose other readers the client wants to know."""
        return tuple(topic.key for topic in self.topics if topic.kind == "ticket") if self.wants_presence else ()

    def offer(self, event_id: int, message: str) -> None:
        """Queue a message; a full queue ends the subscription instead of holding up everybody else."""
        if self.closed_with is not None:
            return
        try:
            self._queue.put_nowait((event_id, message))
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

    async def next(self) -> tuple[int, str] | None:
        """The next message with its event's id; None once the subscription has ended."""
        if self.closed_with is not None:
            return None
        message = await self._queue.get()
        return None if self.closed_with is not None else message

    @property
    def is_idle(self) -> bool:
        """Whether everything that came has been taken."""
        return self._queue.empty()
