"""Random calendars, moments and pauses around the days that are hard."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from hypothesis import strategies as st

from issues.sla import SameDay, Target, WorkingCalendar, WorkingDays, WorkingTime

from .examples import WEEK

# (zone, a Monday whose fortnight holds the hard days)
WINDOWS = [
    ("Asia/Ho_Chi_Minh", date(2026, 2, 9)),
    ("Asia/Ho_Chi_Minh", date(2025, 12, 29)),
    ("Europe/Berlin", date(2026, 3, 23)),
    ("Europe/Berlin", date(2026, 10, 19)),
    ("America/New_York", date(2026, 3, 2)),
    ("America/New_York", date(2026, 10, 26)),
]
DAYS = 14
MINUTE = timedelta(minutes=1)

# Half hours, without those inside an hour that a change repeats: there the wall clock alone cannot say which is meant.
EDGES = [minutes for minutes in range(0, 24 * 60 + 1, 30) if minutes not in (90, 150)]


class Case(NamedTuple):
    data: dict[str, Any]
    calendar: WorkingCalendar
    start: datetime


@st.composite
def hours(draw: st.DrawFn, least: int = 0) -> list[list[str]]:
    count = draw(st.integers(least, 3))
    edges = sorted(draw(st.lists(st.sampled_from(EDGES), min_size=2 * count, max_size=2 * count, unique=True)))
    text = [f"{edge // 60:02}:{edge % 60:02}" for edge in edges]
    return [list(pair) for pair in zip(text[::2], text[1::2], strict=True)]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A calendar that opens on at least one weekday, and a minute in its fortnight."""
    zone, monday = draw(st.sampled_from(WINDOWS))
    dates = st.integers(0, DAYS).map(lambda days: (monday + timedelta(days=days)).isoformat())
    weekly = {key: draw(hours()) for key in WEEK[1:]}
    weekly["mon"] = draw(hours(least=1))
    data = {
        "timezone": zone,
        "weekly": weekly,
        "closed": sorted(draw(st.sets(dates, max_size=3))),
        "special": draw(st.dictionaries(dates, hours(), max_size=2)),
    }
    midnight = datetime(monday.year, monday.month, monday.day, tzinfo=UTC)
    start = midnight + draw(st.integers(0, DAYS * 24 * 60)) * MINUTE
    return Case(data, WorkingCalendar.from_dict(data), start)


@st.composite
def pauses(draw: st.DrawFn, start: datetime, unit: timedelta = MINUTE) -> list[tuple[datetime, datetime | None]]:
    """Up to three pauses in order, from a day before `start`; some touch, the last may be open."""
    minutes = st.integers(0, 2 * 24 * 60)
    at = start - timedelta(days=1)
    found: list[tuple[datetime, datetime | None]] = []
    for _ in range(draw(st.integers(0, 3))):
        begin = at + draw(st.just(0) | minutes) * unit
        at = begin + draw(minutes) * unit
        found.append((begin, at))
    if found and draw(st.booleans()):
        found[-1] = (found[-1][0], None)
    return found


def targets() -> st.SearchStrategy[Target]:
    return st.one_of(
        st.integers(0, 6 * 60).map(lambda minutes: SameDay(minutes * MINUTE)),
        st.integers(0, 30 * 60).map(lambda minutes: WorkingTime(minutes * MINUTE)),
        st.integers(1, 4).map(WorkingDays),
    )


def exact_times(longest: timedelta = timedelta(hours=40)) -> st.SearchStrategy[timedelta]:
    """Any amount to the microsecond."""
    return st.timedeltas(timedelta(0), longest)
