"""The hub of one web process: one reader of new events, fanned out to the queues of its open sockets (design §5).

It starts with the first socket and stops after the last. Ids become visible in order (issues.events.record), so
"everything after the last id" misses nothing.
What a socket may see is decided while a batch is sent (issues.live.fanout).
"""

import asyncio
import logging
import time
from weakref import WeakKeyDictionary

from issues.live.fanout import Deliveries, deliveries, lost_rights, read_events
from issues.live.places import Places
from issues.live.position import START, Position, newest_position
from issues.live.presence_messages import Shown, presence_messages
from issues.live.reader import Reader
from issues.live.subscription import Subscription
from issues.live.wakeup import Wakeup

logger = logging.getLogger(__name__)

BATCH = 100  # events read together
SWEEP = 1.0  # seconds between two checks whether sockets may still listen
_BREATH = 0.02  # seconds for the sockets between two batches, and the pace of a busy log
_LONGEST_PAUSE = 5.0  # seconds between two attempts while the database is away


class Hub:
    """Fans events out to subscriptions. Lives in one event loop; all its methods are called there."""

    def __init__(self) -> None:
        self._subscriptions: set[Subscription] = set()
        self._starting = asyncio.Lock()
        self._task: asyncio.Task[None] | None = None
        self._shown: Shown = {}  # who else is looking, as each socket knows it
        self.places = Places()
        self._position = START  # every event up to here is in the queues

    async def subscribe(self, subscription: Subscription) -> None:
        """Queue every event from now on. Read what was before only after this call: then nothing falls between."""
        async with self._starting:
            if self._task is None:
                reader = Reader()
                try:
                    self._position = await reader.run(newest_position)
                except BaseException:
                    reader.stop()
                    raise
                self._task = asyncio.create_task(self._run(reader))
            subscription.advance(self._position)
            self._subscriptions.add(subscription)

    def unsubscribe(self, subscription: Subscription) -> None:
        """Forget the socket; the last one to go stops the hub. Harmless for one that is not known."""
        self._subscriptions.discard(subscription)
        if not self._subscriptions and self._task is not None:
            self._task.cancel()
            self._task = None

    @property
    def is_running(self) -> bool:
        return self._task is not None

    def __len__(self) -> int:
        return len(self._subscriptions)

    async def _run(self, reader: Reader) -> None:
        wakeup = Wakeup(reader)
        wakeup.start()
        pause = swept = 0.0
        try:
            while True:
                try:
                    more = await self._deliver(reader)
                    if time.monotonic() - swept >= SWEEP:
                        await self._sweep(reader)
                        swept = time.monotonic()
                    pause = 0.0
                    await asyncio.sleep(_BREATH)
                    if not more:
                        await wakeup.wait()
                except Exception:
                    # The database is away or restarts. The sockets stay; nothing is lost, since the log is read by id.
                    pause = min(max(pause * 2, 0.25), _LONGEST_PAUSE)
                    logger.warning("live updates wait %.2f s for the database", pause, exc_info=True)
                    await asyncio.sleep(pause)
        finally:
            await wakeup.stop()
            reader.stop()

    async def _deliver(self, reader: Reader) -> bool:
        """Send the next batch to the queues; whether there may be more."""
        events = await reader.run(lambda: read_events(self._position.id, BATCH))
        if not events:
            return False
        # Only now: a later subscriber reads the log after this batch was read, and finds it there.
        subscriptions = tuple(self._subscriptions)
        found: Deliveries = await reader.run(lambda: deliveries(events, subscriptions))
        self._close(found.refused)
        for subscription, position, message in found.messages:
            subscription.offer(position, message)
        self._position = Position.of(events[-1])
        for subscription in self._subscriptions:
            subscription.advance(self._position)
        return len(events) == BATCH

    async def _sweep(self, reader: Reader) -> None:
        """Close the sockets whose session or right has ended, also while nothing happens; say who else is looking."""
        subscriptions = tuple(self._subscriptions)
        self._close(await reader.run(lambda: lost_rights(subscriptions)))
        for subscription, message in await reader.run(lambda: presence_messages(subscriptions, self._shown)):
            subscription.offer(None, message)

    @staticmethod
    def _close(refused: dict[Subscription, int]) -> None:
        for subscription, code in refused.items():
            subscription.close(code)


_hubs: WeakKeyDictionary[asyncio.AbstractEventLoop, Hub] = WeakKeyDictionary()


def current_hub() -> Hub:
    """The hub of the running event loop; a web process has one."""
    return _hubs.setdefault(asyncio.get_running_loop(), Hub())
