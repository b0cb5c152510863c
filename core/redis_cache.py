"""Django's cache on Redis, as an option: without Redis every question is answered as if nothing was cached.

Limits on attempts are counted in the cache, so they let everybody pass while Redis is down: people sign in and file,
and `/readyz` says that something is missing. See docs/architecture.md.
"""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

PAUSE = 5.0  # seconds after a failure in which Redis is not asked, so that not every request waits for the timeout


class OptionalRedisCache(RedisCache):
    """Each operation answers `otherwise` when Redis is down, hangs or refuses, and for PAUSE seconds afterwards."""

    # Shared by all threads (each has its own object), so that only one of them waits for the timeout.
    _down_until = float("-inf")

    def _ask(self, operation: Callable[..., Any], *args: Any, otherwise: Any, **kwargs: Any) -> Any:
        if time.monotonic() < OptionalRedisCache._down_until:
            return otherwise
        try:
            return operation(*args, **kwargs)
        except (RedisError, OSError) as error:
            OptionalRedisCache._down_until = time.monotonic() + PAUSE
            logger.warning("the cache does not answer and is not used for %g s: %s", PAUSE, error)
            return otherwise

    def add(self, key: Any, *args: Any, **kwargs: Any) -> bool:
        """True without Redis, as for a new key: a lock made of a key is free then."""
        return bool(self._ask(super().add, key, *args, otherwise=True, **kwargs))

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._ask(super().get, key, default, version, otherwise=default)

    def set(self, key: Any, *args: Any, **kwargs: Any) -> None:
        self._ask(super().set, key, *args, otherwise=None, **kwargs)

    def touch(self, key: Any, *args: Any, **kwargs: Any) -> bool:
        return bool(self._ask(super().touch, key, *args, otherwise=False, **kwargs))

    def delete(self, key: Any, version: int | None = None) -> bool:
        return bool(self._ask(super().delete, key, version, otherwise=False))

    def get_many(self, keys: Any, version: int | None = None) -> dict[Any, Any]:
        return dict(self._ask(super().get_many, keys, version, otherwise={}))

    def has_key(self, key: Any, version: int | None = None) -> bool:
        return bool(self._ask(super().has_key, key, version, otherwise=False))

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        """Raises ValueError without Redis, as for a key that is not there."""
        found = self._ask(super().incr, key, delta, version, otherwise=None)
        if found is None:
            raise ValueError(f"Key {key!r} not found")
        return int(found)

    def set_many(self, data: Any, *args: Any, **kwargs: Any) -> list[Any]:
        """The keys that were not stored."""
        return list(self._ask(super().set_many, data, *args, otherwise=list(data), **kwargs))

    def delete_many(self, keys: Any, version: int | None = None) -> None:
        self._ask(super().delete_many, keys, version, otherwise=None)

    def clear(self) -> None:
        self._ask(super().clear, otherwise=None)
