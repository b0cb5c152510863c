"""What wakes the hub when there may be new events. A signal carries nothing; a missed one costs at most a second."""

import asyncio
import contextlib
import logging
from typing import Any

from channels.layers import get_channel_layer
from django.conf import settings
from django.db import connection

from issues.events.announce import GROUP
from issues.live.reader import Reader

logger = logging.getLogger(__name__)

FAST_POLL = 0.1  # seconds between two looks at SQLite's data version
SLOW_POLL = 1.0  # seconds between two looks at the log itself, whatever else signals
QUIET = 30.0  # seconds without an announcement after which the subscription is made again: it may be dead
_SUBSCRIBE_LIMIT = 5.0  # seconds
_LONGEST_PAUSE = 10.0  # seconds between two attempts to reach the channel layer


class Wakeup:
    """Signals by what this installation has: the shared channel layer, SQLite's data version; and always the clock."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._signal = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Begin to listen."""
        if settings.TN_REDIS_URL:
            self._tasks.append(asyncio.create_task(self._listen_to_layer()))
        if connection.vendor == "sqlite":
            self._tasks.append(asyncio.create_task(self._watch_data_version()))

    async def stop(self) -> None:
        """End every task."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def wait(self) -> None:
        """Until there is a signal, or until the slow poll is due."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._signal.wait(), SLOW_POLL)
        self._signal.clear()

    async def _watch_data_version(self) -> None:
        seen = await self._reader.data_version()
        while True:
            await asyncio.sleep(FAST_POLL)
            version = await self._reader.data_version()
            if version != seen:
                seen = version
                self._signal.set()

    async def _listen_to_layer(self) -> None:
        layer = get_channel_layer()
        pause = 1.0
        try:
            while True:
                try:
                    channel = await self._subscribe(layer)
                    self._signal.set()  # for what was written before the subscription stood
                    pause = 1.0
                    await self._signal_until_quiet(layer, channel)
                except Exception as error:
                    logger.warning("announcements cannot be heard (%s); polling every second", error)
                    await asyncio.sleep(pause)
                    pause = min(pause * 2, _LONGEST_PAUSE)
        finally:
            with contextlib.suppress(Exception):
                async with asyncio.timeout(1):
                    await layer.flush()

    async def _subscribe(self, layer: Any) -> str:
        """Over a new connection: one that Redis, or a firewall between, has forgotten looks like one in silence."""
        async with asyncio.timeout(_SUBSCRIBE_LIMIT):
            await layer.flush()
            channel: str = await layer.new_channel()
            await layer.group_add(GROUP, channel)
            return channel

    async def _signal_until_quiet(self, layer: Any, channel: str) -> None:
        with contextlib.suppress(TimeoutError):
            while True:
                async with asyncio.timeout(QUIET):
                    await layer.receive(channel)
                self._signal.set()
