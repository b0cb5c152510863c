"""What wakes the hub when there may be new events. A wake-up carries nothing; a missed one costs at most a second."""

import asyncio
import contextlib
import logging
from typing import Any

from channels.layers import get_channel_layer
from django.conf import settings
from django.db import connection

from issues.events.doorbell import DOORBELL_GROUP
from issues.live.reader import Reader

logger = logging.getLogger(__name__)

FAST_POLL = 0.1  # seconds between two looks at SQLite's data version
SLOW_POLL = 1.0  # seconds between two looks at the log itself, whatever else rings
_LONGEST_PAUSE = 10.0  # seconds between two attempts to reach the channel layer


class Bell:
    """Rings by what this installation has: the shared channel layer, SQLite's data version; and always the clock."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._rung = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Begin to listen."""
        if settings.TN_REDIS_URL:
            self._tasks.append(asyncio.create_task(self._listen_to_layer()))
        if connection.vendor == "sqlite":
            self._tasks.append(asyncio.create_task(self._watch_data_version()))

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def wait(self) -> None:
        """Until it rings, or until the slow poll is due."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._rung.wait(), SLOW_POLL)
        self._rung.clear()

    async def _watch_data_version(self) -> None:
        seen = await self._reader.data_version()
        while True:
            await asyncio.sleep(FAST_POLL)
            version = await self._reader.data_version()
            if version != seen:
                seen = version
                self._rung.set()

    async def _listen_to_layer(self) -> None:
        pause = 1.0
        while True:
            try:
                layer = get_channel_layer()
                channel = await layer.new_channel()
                await layer.group_add(DOORBELL_GROUP, channel)
                pause = 1.0
                await self._ring_on(layer, channel)
            except Exception as error:
                logger.warning("the doorbell cannot be heard (%s); polling every second", error)
                await asyncio.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE)

    async def _ring_on(self, layer: Any, channel: str) -> None:
        self._rung.set()  # for what was written before the subscription stood
        try:
            while True:
                await layer.receive(channel)
                self._rung.set()
        finally:
            with contextlib.suppress(Exception):
                await asyncio.wait_for(layer.group_discard(DOORBELL_GROUP, channel), 1)
