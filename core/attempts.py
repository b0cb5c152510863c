"""Counts attempts in the cache that all processes share. Which limits there are: core.limits.

Without its cache everybody passes (core.redis_cache). A period begins with the first attempt in it, so that a refusal
can say exactly how long to wait. Many at the same instant are counted one by one: only `add` and `incr` write, which
no other process comes between.
"""

import hashlib
import math
import secrets
from dataclasses import dataclass

from django.core.cache import cache

from core import clock


@dataclass(frozen=True)
class Period:
    """One period of one key."""

    start: float  # seconds since the epoch
    counter: str  # in the cache; no other period has that name, even one that begins at the same instant


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
        period = self._running(key)
        if period is None or self.number(period) < self.most:
            return 0
        return max(1, math.ceil(period.start + self.seconds - clock.now().timestamp()))

    def count(self, key: str) -> int:
        """Note an attempt; how many there are now in its period, 1 while the cache is away."""
        return self.count_in(self.period(key))

    def count_in(self, period: Period) -> int:
        """As `count`, in a period that was asked for before."""
        cache.add(period.counter, 0, self.seconds)
        try:
            return int(cache.incr(period.counter))
        except ValueError:  # the period ended in between, or the cache is away
            return 1

    def give_back(self, key: str) -> None:
        """Take one attempt back: it turned out to be none."""
        period = self._running(key)
        if period is not None and self.number(period) > 0:
            try:
                cache.decr(period.counter)
            except ValueError:  # as above
                return

    def forget(self, key: str) -> None:
        """Begin from nothing. What is under way counts for the period in which it began."""
        cache.delete(self._name(key))

    def number(self, period: Period) -> int:
        """How many attempts there are in a period."""
        return int(cache.get(period.counter, 0))

    def period(self, key: str) -> Period:
        """The running period, begun now where there is none. All who ask at the same instant get the same one."""
        running = self._running(key)
        if running is not None:
            return running
        name = self._name(key)
        fresh = Period(clock.now().timestamp(), f"{name}.{secrets.token_hex(8)}")
        if cache.add(name, fresh, self.seconds):
            return fresh
        found: Period | None = cache.get(name)
        if found is None or self._is_running(found):
            return found or fresh
        # Over by our clock, and the cache has it still: those who see that agree on the one that follows it.
        follows = f"{found.counter}.follows"
        cache.add(follows, fresh, self.seconds)
        following: Period = cache.get(follows, fresh)
        cache.set(name, following, self.seconds)
        return following

    def _running(self, key: str) -> Period | None:
        found: Period | None = cache.get(self._name(key))
        return found if found is not None and self._is_running(found) else None

    def _is_running(self, period: Period) -> bool:
        return period.start <= clock.now().timestamp() < period.start + self.seconds

    def _name(self, key: str) -> str:
        """A key as part of a name in the cache: what people type has any length and any signs."""
        return f"limit.{self.kind}.{hashlib.sha256(key.encode('utf-8', 'replace')).hexdigest()[:32]}"
