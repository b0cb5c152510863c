"""Plays scripted cases through the ordinary actions, in the order of time, with the timers that fire in between.

A case is a generator: it does something, then yields how long it waits in working minutes. Whatever would happen after
"now" does not happen: the case is simply at that point.
"""

import heapq
from collections.abc import Generator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from core import clock
from issues.actions import timers
from issues.clocks import calendars
from issues.models import TicketClock

Case = Generator[float, None, None]


@dataclass
class Stage:
    """The stage on which cases play until `now`."""

    now: datetime
    _waiting: list[tuple[datetime, int, Case]] = field(default_factory=list)
    _numbers: count = field(default_factory=count)

    def enter(self, at: datetime, case: Case) -> None:
        """Let a case begin at an instant."""
        heapq.heappush(self._waiting, (at, next(self._numbers), case))

    def play(self) -> None:
        """Run everything that happens until now."""
        calendar = calendars.default_calendar()
        while self._waiting and self._waiting[0][0] <= self.now:
            at, _number, case = heapq.heappop(self._waiting)
            self._fire_timers(until=at)
            with clock.at(at):
                minutes = next(case, None)
            if minutes is not None:
                self.enter(calendar.add(at, timedelta(minutes=minutes)), case)
        self._fire_timers(until=self.now)

    def _fire_timers(self, until: datetime) -> None:
        while True:
            first = (
                TicketClock.objects.filter(next_timer_at__lte=until)
                .order_by("next_timer_at")
                .values_list("pk", "next_timer_at")
                .first()
            )
            if first is None or first[1] is None:
                return
            with clock.at(first[1]):
                timers.fire(first[0])
