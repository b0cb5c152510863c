"""Counts attempts in the cache that all processes share, so that guessing does not pay."""

import hashlib
from dataclasses import dataclass

from django.core.cache import cache

from core import clock


@dataclass(frozen=True)
class Limit:
    """At most `most` attempts of one kind and key in each window of `seconds`."""

    kind: str
    most: int
    seconds: int

    def used_up(self, key: str) -> bool:
        """Whether the next attempt would be one too many."""
        return int(cache.get(self._name(key), 0)) >= self.most

    def count(self, key: str) -> None:
        """Note an attempt. Two at the same instant may count as one where the cache is files: a limit, not a ledger."""
        name = self._name(key)
        cache.add(name, 0, self.seconds)
        try:
            cache.incr(name)
        except ValueError:  # the window ended in between
            return
        cache.touch(name, self.seconds)

    def _name(self, key: str) -> str:
        window = int(clock.now().timestamp()) // self.seconds
        # Hashed: what people type has any length and any signs.
        return f"attempts.{self.kind}.{hashlib.sha256(key.encode()).hexdigest()[:32]}.{window}"
