"""Counts attempts in the cache that all processes share. Which limits there are: core.limits.

Without its cache everybody passes (core.redis_cache). A period begins with the first attempt in it, so that a refusal
can say exactly how long to wait.
"""

import hashlib
import math
from dataclasses import dataclass

from django.core.cache import cache

from core import clock


@dataclass(frozen=True)
class Limit:
    """At most `most` attempts of one kind and key in each period of `seconds`."""

    kind: str
    most: int
    seconds: int

    def used_up(self, key: str) -> bool:
        """Whether the next attempt would be one too many."""
        return self.wait(key) > 0

    def wait(self, key: str) -> int:
        """Seconds until the next attempt is free; 0 when it is now."""
        start = self._start(key)
        if start is None or int(cache.get(self._counter(key, start), 0)) < self.most:
            return 0
        return max(1, math.ceil(start + self.seconds - clock.now().timestamp()))

    def count(self, key: str) -> int:
        """Note an attempt; how many there are now in its period, 1 while the cache is away.

        Two at the same instant may count as one where the cache is files: a limit, not a ledger.
        """
        start = self._start(key)
        if start is None:
            start = clock.now().timestamp()
            cache.set(self._name(key), start, self.seconds)
            cache.set(self._counter(key, start), 0, self.seconds)
        counter = self._counter(key, start)
        try:
            found = int(cache.incr(counter))
        except ValueError:  # the period ended in between, or the cache is away
            return 1
        cache.touch(counter, self.seconds)
        return found

    def forget(self, key: str) -> None:
        """Begin from nothing."""
        cache.delete(self._name(key))

    def _start(self, key: str) -> float | None:
        """When the running period began; None where there is none."""
        start, now = cache.get(self._name(key)), clock.now().timestamp()
        return start if start is not None and start <= now < start + self.seconds else None

    def _name(self, key: str) -> str:
        return f"attempts.{self.kind}.{self.digest(key)}"

    @staticmethod
    def digest(key: str) -> str:
        """A key as part of a name in the cache: what people type has any length and any signs."""
        return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:32]

    def _counter(self, key: str, start: float) -> str:
        return f"{self._name(key)}.{start:.3f}"
