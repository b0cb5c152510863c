"""Django's cache in files, for installations without Redis: several processes and threads count right in it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.cache.backends.filebased import FileBasedCache
from django.core.files import locks


class CountingFileCache(FileBasedCache):
    """`add` and `incr` are one step each, as in Redis and in memory; Django's read first and write afterwards.

    `incr` renews the timeout, to the one of the settings.
    """

    def __init__(self, directory: str, params: dict[str, Any]) -> None:
        super().__init__(directory, params)
        self._lock_file = Path(directory) / "lock"

    def add(self, key: Any, *args: Any, **kwargs: Any) -> bool:
        with self._alone():
            return bool(super().add(key, *args, **kwargs))

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        """Raises ValueError for a key that is not there."""
        with self._alone():
            return int(super().incr(key, delta, version))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """No other thread or process is in here."""
        self._lock_file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)  # it may be deleted at any time
        with os.fdopen(os.open(self._lock_file, os.O_RDWR | os.O_CREAT, 0o600), "rb+") as file:
            locks.lock(file, locks.LOCK_EX)
            yield
