"""Attempts that get slower and slower: the free ones of a limit, then one at a time with a wait that doubles.

An attempt is noted before it is made. Noted afterwards, as many as there are processes and threads would pass at once,
since none of them sees that the others fail.
"""

import math
from dataclasses import dataclass

from django.core.cache import cache

from core import clock
from core.attempts import Limit, Period

_MOST_DOUBLINGS = 20


@dataclass(frozen=True)
class BackOff:
    """`limit.most` attempts in a period; the last of them and each later one makes the next wait, in seconds."""

    limit: Limit
    first_wait: int
    longest_wait: int

    def wait(self, key: str) -> int:
        """Seconds until the next attempt; 0 when it is now. Notes nothing."""
        period = self.limit.period(key)
        return self._left(period, self.limit.number(period))

    def take(self, key: str) -> int:
        """Note an attempt that is about to be made: 0. Otherwise it may not be made, is not noted, and here are the
        seconds to wait.

        Each attempt has a number that only one can have. With the number goes the instant of the next attempt, so
        nobody sees the one without the other.
        """
        period = self.limit.period(key)
        made = self.limit.number(period)
        if left := self._left(period, made):
            return left
        free = self.limit.most
        last = max(made + 1, free)
        for number in range(made + 1, last + 1):  # the free ones may go side by side
            wait = 0 if number < free else self._wait_after(number)
            until = clock.now().timestamp() + wait
            # A process that dies before it counts keeps its number no longer than the wait.
            if cache.add(self._name(period, number), until, wait or self.limit.seconds):
                self.limit.count_in(period)
                return 0
        return max(1, self._left(period, last))

    def forget(self, key: str) -> None:
        """Begin from nothing: it was a good one."""
        self.limit.forget(key)

    def _left(self, period: Period, number: int) -> int:
        """Seconds for which the attempt of that number makes the next one wait, from now."""
        until: float = cache.get(self._name(period, number), 0.0)
        return max(0, math.ceil(until - clock.now().timestamp()))

    def _wait_after(self, number: int) -> int:
        doublings = min(number - self.limit.most, _MOST_DOUBLINGS)
        return int(min(self.first_wait * 2**doublings, self.longest_wait))

    @staticmethod
    def _name(period: Period, number: int) -> str:
        return f"{period.counter}.{number}"
