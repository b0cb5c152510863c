"""Today's working day, as the line under the masthead shows it. The calendar's owner registers how to read it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from core import clock

Periods = Sequence[tuple[datetime, datetime]]
_readers: list[Callable[[datetime], Periods]] = []


@dataclass(frozen=True)
class Today:
    """One day seen at `now` (aware, local). `periods`: opening and closing in minutes since midnight, in order."""

    now: datetime
    periods: tuple[tuple[int, int], ...] = ()
    is_known: bool = False  # False: nobody registered a calendar

    @property
    def is_working_day(self) -> bool:
        return bool(self.periods)

    @property
    def minute(self) -> int:
        return self.now.hour * 60 + self.now.minute

    @property
    def second(self) -> int:
        """Seconds since midnight."""
        return self.minute * 60 + self.now.second

    @property
    def minutes_left(self) -> int:
        """Working minutes until the last closing."""
        return sum(max(0, close - max(opening, self.minute)) for opening, close in self.periods)

    @property
    def fraction(self) -> float:
        """How much of the day from the first opening to the last closing has gone by, 0 to 1."""
        return self.position(self.minute)

    def position(self, minute: int) -> float:
        """Where a minute lies between the first opening and the last closing, 0 to 1."""
        if not self.periods:
            return 0.0
        first, last = self.periods[0][0], self.periods[-1][1]
        return min(1.0, max(0.0, (minute - first) / (last - first)))

    @property
    def periods_text(self) -> list[str]:
        """Each period as "08:00–12:00"."""
        return [f"{a // 60:02d}:{a % 60:02d}–{b // 60:02d}:{b % 60:02d}" for a, b in self.periods]

    @property
    def gap(self) -> tuple[float, float]:
        """The longest break between two periods as positions; (1, 1) without one."""
        breaks = [(a[1], b[0]) for a, b in zip(self.periods, self.periods[1:], strict=False)]
        if not breaks:
            return 1.0, 1.0
        start, end = max(breaks, key=lambda pair: pair[1] - pair[0])
        return self.position(start), self.position(end)


def register(reader: Callable[[datetime], Periods]) -> None:
    """Name the function that gives the open periods (aware datetimes) of the local day of an instant.

    It is asked once per page: it must be quick, that is, cached. A second call replaces the first.
    """
    _readers[:] = [reader]


def today(moment: datetime | None = None) -> Today:
    """The working day at `moment`, by default now."""
    now = timezone.localtime(moment or clock.now())
    if not _readers:
        return Today(now=now)
    periods = tuple((_minute(opening, now), _minute(closing, now)) for opening, closing in _readers[0](now))
    return Today(now=now, periods=periods, is_known=True)


def _minute(moment: datetime, now: datetime) -> int:
    local = timezone.localtime(moment)
    # A closing at 24:00 is the midnight that begins the next day.
    return (local.date() - now.date()).days * 1440 + local.hour * 60 + local.minute
