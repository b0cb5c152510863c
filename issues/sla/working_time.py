"""Working time on the UTC axis, in integer microseconds.

Local days are turned into UTC once and remembered, so that arithmetic never sees a daylight-saving change. A wall
time that occurs twice means its first occurrence; one that is skipped means the moment of the change. Both keep
the order of wall times: periods never overlap, touching periods stay continuous, and working time is elapsed time.
"""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from issues.sla.errors import CalendarError
from issues.sla.instants import DAY, EPOCH, EPOCH_ORDINAL, SECOND, span
from issues.sla.opening_hours import Periods, Rules

SEARCH_DAYS = 366
"""How far ahead the next opening is looked for."""

LONGEST_YEARS = 20
"""Over how many years working time is added and measured; it is looked at day by day, and more is a slip of the pen."""

_LONGEST = LONGEST_YEARS * 366 * DAY
CACHED_DAYS = 2048
# A zone's offset and the 366 days of a search must stay inside what datetime can hold.
_FIRST_ORDINAL, _LAST_ORDINAL = 3, date.max.toordinal() - 3


class Day(NamedTuple):
    """One local day: where it begins and ends, its opening periods, and the rule that set them."""

    ordinal: int
    begin: int
    end: int
    periods: tuple[tuple[int, int], ...]
    total: int
    rule: str

    @property
    def last_closing(self) -> int:
        """Closing of the last period; only for a working day."""
        return self.periods[-1][1]


class Timeline:
    """Adds and measures working time between instants given in microseconds since 1970 UTC."""

    def __init__(self, zone: ZoneInfo, rules: Rules) -> None:
        self._zone = zone
        self._rules = rules
        self.day = lru_cache(maxsize=CACHED_DAYS)(self._build)

    def day_at(self, at: int) -> Day:
        """The local day an instant belongs to."""
        day = self.day(at // DAY + EPOCH_ORDINAL)
        while at < day.begin:
            day = self.day(day.ordinal - 1)
        while at >= day.end:
            day = self.day(day.ordinal + 1)
        return day

    def next_working_day(self, ordinal: int) -> Day:
        """The first day after `ordinal` that opens; CalendarError when none does within 366 days."""
        for later in range(ordinal + 1, ordinal + SEARCH_DAYS + 1):
            day = self.day(later)
            if day.periods:
                return day
        raise CalendarError(f"The calendar has no opening within {SEARCH_DAYS} days of {date.fromordinal(ordinal)}.")

    def opening(self, at: int) -> int:
        """`at` when the calendar is open then, else the next opening."""
        day = self.day_at(at)
        for start, end in day.periods:
            if at < end:
                return max(at, start)
        return self.next_working_day(day.ordinal).periods[0][0]

    def is_open(self, at: int) -> bool:
        """Whether the instant lies in a period; its opening does, its closing does not."""
        return any(start <= at < end for start, end in self.day_at(at).periods)

    def closes_at(self, at: int) -> bool:
        """Whether a period ends at the instant; a day that ends at 24:00 closes in the first instant of the next."""
        day = self.day_at(at)
        if any(end == at for _, end in day.periods):
            return True
        return at == day.begin and any(end == at for _, end in self.day(day.ordinal - 1).periods)

    def add(self, start: int, working: int) -> int:
        """The instant at which `working` microseconds have been worked since `start`; CalendarError past 20 years."""
        if working == 0:
            return start if self.closes_at(start) else self.opening(start)
        day = self.day_at(start)
        last = start + _LONGEST
        while day.begin <= last:
            for opening, closing in day.periods:
                begin = opening if opening > start else start
                room = closing - begin
                if working <= room:
                    return begin + working
                if room > 0:
                    working -= room
            day = self.next_working_day(day.ordinal)
        raise CalendarError(f"The working time ends more than {LONGEST_YEARS} years after its start.")

    def between(self, start: int, end: int) -> int:
        """Working microseconds from `start` to `end`; nothing when `end` is not later, CalendarError over 20 years."""
        if end <= start:
            return 0
        if end - start > _LONGEST:
            raise CalendarError(f"Working time is measured over at most {LONGEST_YEARS} years.")
        day = self.day_at(start)
        worked = 0
        while True:
            if start <= day.begin and day.end <= end:
                worked += day.total
            else:
                for opening, closing in day.periods:
                    begin = opening if opening > start else start
                    finish = closing if closing < end else end
                    if finish > begin:
                        worked += finish - begin
            if end <= day.end:
                return worked
            day = self.day(day.ordinal + 1)

    def _build(self, ordinal: int) -> Day:
        if not _FIRST_ORDINAL <= ordinal <= _LAST_ORDINAL:
            raise CalendarError("The calendar covers the years 1 to 9999 only.")
        hours, rule = self._rules.on(date.fromordinal(ordinal))
        periods = tuple(
            (start, end)
            for start, end in (
                (self._instant(ordinal, opening), self._instant(ordinal, closing))
                for opening, closing in _joined(hours)
            )
            if start < end
        )
        return Day(
            ordinal,
            self._instant(ordinal, 0),
            self._instant(ordinal + 1, 0),
            periods,
            sum(end - start for start, end in periods),
            rule,
        )

    def _instant(self, ordinal: int, minutes: int) -> int:
        wall = datetime.fromordinal(ordinal) + timedelta(minutes=minutes)
        local = wall.replace(tzinfo=self._zone)
        before, after = _offset(local), _offset(local.replace(fold=1))
        micros = span(wall.replace(tzinfo=UTC) - EPOCH)
        if after > before:
            return self._change(micros - after, micros - before, before)
        return micros - before

    def _change(self, early: int, late: int, offset: int) -> int:
        """The instant in (early, late] at which the clock is put forward from `offset`; changes fall on seconds."""
        while late - early > SECOND:
            middle = early + (late - early) // (2 * SECOND) * SECOND
            at = (EPOCH + timedelta(microseconds=middle)).astimezone(self._zone)
            if _offset(at) == offset:
                early = middle
            else:
                late = middle
        return late


def _offset(at: datetime) -> int:
    # A ZoneInfo always has an offset for a full datetime.
    return span(at.utcoffset() or timedelta(0))


def _joined(hours: Periods) -> Periods:
    """Touching periods as one."""
    joined: list[tuple[int, int]] = []
    for opening, closing in hours:
        if joined and joined[-1][1] == opening:
            opening = joined.pop()[0]
        joined.append((opening, closing))
    return tuple(joined)
