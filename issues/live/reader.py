"""The hub's own thread for the database: one connection, kept open while sockets are, thrown away when it fails."""

import asyncio
import contextlib
import logging
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connection

T = TypeVar("T")
logger = logging.getLogger(__name__)


class Reader:
    """Runs database work off the event loop, one piece after the other.

    A request's connection is closed after the request; the hub asks many times a second, so its connection stays, and
    is closed when a query fails, so that the next one gets a new connection after a restart of the database.
    """

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="live-reader")
        self._version: sqlite3.Connection | None = None

    async def run(self, job: Callable[[], T]) -> T:
        """Run `job` in the thread. Raises what it raises."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, self._guarded, job)

    async def data_version(self) -> int | None:
        """A number that changes when any other connection has changed an SQLite database; None elsewhere.

        SQLite counts what *other* connections wrote, so this connection never writes and is used for nothing else.
        """
        return await asyncio.get_running_loop().run_in_executor(self._pool, self._read_version)

    def stop(self) -> None:
        """Close the connections; work that is under way is finished first."""
        self._pool.submit(self._close)
        self._pool.shutdown(wait=False)

    @staticmethod
    def _guarded(job: Callable[[], T]) -> T:
        try:
            return job()
        except Exception:
            # Whatever failed, the state of the connection is not worth guessing.
            with contextlib.suppress(Exception):
                connection.close()
            raise

    def _read_version(self) -> int | None:
        if connection.vendor != "sqlite":
            return None
        try:
            if self._version is None:
                self._version = sqlite3.connect(str(connection.settings_dict["NAME"]), timeout=0)
            return int(self._version.execute("PRAGMA data_version").fetchone()[0])
        except sqlite3.Error:
            logger.debug("the version of the database cannot be read; the slow poll goes on", exc_info=True)
            self._close_version()
            return None

    def _close(self) -> None:
        self._close_version()
        connection.close()

    def _close_version(self) -> None:
        if self._version is not None:
            self._version.close()
            self._version = None
