"""The day bar: positions of segments and marks, in per cent of a working day, from a ClockView. It draws nothing.

0 % is the first opening of a day, 100 % its last closing. Its words are in clock_words.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from issues.clocks.clock_view import ClockView
from issues.sla import WorkingCalendar

MOST_LARGE_DAYS = 3  # beyond, one cell a day
MOST_CELLS = 20
_EDGE = 8.0  # nearer to an edge of the day the label of now stands inside it
_LABEL = 14.0  # how much of a day's width a label takes
_HOUR = timedelta(hours=1)
_INSTANT = timedelta(microseconds=1)
# Which label stays when two would overlap.
_RANK = {"due": 0, "answered": 1, "received": 2, "cutoff": 3, "wasdue": 4}

Interval = tuple[str, datetime, datetime]


def percent(value: float) -> str:
    """As CSS wants it."""
    return f"{value:.2f}".rstrip("0").rstrip(".") + "%"


@dataclass(frozen=True)
class Segment:
    """A stretch of a day: open, used, pause, left or late."""

    kind: str
    start: float
    end: float

    @property
    def css(self) -> str:
        return f"--from:{percent(self.start)};--to:{percent(self.end)}"


@dataclass(frozen=True)
class Mark:
    """An instant on a day: received, due, wasdue, now, answered or cutoff."""

    kind: str
    position: float
    at: datetime
    to_the_right: bool = False  # on which side of the mark its label stands
    labelled: bool = True

    @property
    def css(self) -> str:
        return f"--at:{percent(self.position)}"

    @property
    def classes(self) -> str:
        """Its kind, and where its label stands on the other side than usual: `start` right of it, `end` left.

        The label of now hangs in the middle, but for the edges of the day, where it would leave the page.
        """
        if self.kind == "now":
            edge = " end" if self.position > 100 - _EDGE else " start" if self.position < _EDGE else ""
            return f"at now{edge}"
        usual = self.kind not in _LABELS_LEFT
        if self.to_the_right == usual:
            return f"at {self.kind}"
        return f"at {self.kind} {'start' if self.to_the_right else 'end'}"

    @property
    def span(self) -> tuple[float, float]:
        """What its label covers."""
        if self.to_the_right:
            return self.position, self.position + _LABEL
        return self.position - _LABEL, self.position


_LABELS_LEFT = ("due", "wasdue", "answered")


@dataclass(frozen=True)
class Hour:
    """A mark of the scale. `key` ones are named even on a narrow screen."""

    position: float
    at: datetime
    key: bool

    @property
    def css(self) -> str:
        return f"--at:{percent(self.position)}"


@dataclass(frozen=True)
class Day:
    """One working day of the bar."""

    date: date
    segments: tuple[Segment, ...]
    marks: tuple[Mark, ...]
    hours: tuple[Hour, ...] = ()
    gap: tuple[float, float] = (100.0, 100.0)

    @property
    def css(self) -> str:
        return f"--gap-from:{percent(self.gap[0])};--gap-to:{percent(self.gap[1])}"

    @property
    def is_idle(self) -> bool:
        """No part of the clock is in this day."""
        return not self.marks and all(segment.kind == "open" for segment in self.segments)


@dataclass(frozen=True)
class _Axis:
    """The scale of one working day."""

    date: date
    periods: list[tuple[datetime, datetime]]
    first: datetime = field(init=False)
    last: datetime = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "first", self.periods[0][0])
        object.__setattr__(self, "last", self.periods[-1][1])

    def position(self, at: datetime) -> float:
        first, last = self.first.timestamp(), self.last.timestamp()
        return min(100.0, max(0.0, (at.timestamp() - first) / (last - first) * 100))

    @property
    def gap(self) -> tuple[float, float]:
        """The one break, which the track masks; without, or with several, nothing is masked."""
        if len(self.periods) != 2:
            return 100.0, 100.0
        return self.position(self.periods[0][1]), self.position(self.periods[1][0])

    def segment(self, kind: str, start: datetime, end: datetime) -> Iterator[Segment]:
        """The stretch as far as it is in this day; cut at the breaks where there are several."""
        windows = self.periods if len(self.periods) > 2 else [(self.first, self.last)]
        for opening, closing in windows:
            begin, finish = max(start, opening), min(end, closing)
            if begin < finish:
                yield Segment(kind, self.position(begin), self.position(finish))

    def hours(self) -> Iterator[Hour]:
        """Each opening and closing, and the full hours from an opening on."""
        for opening, closing in self.periods:
            yield Hour(self.position(opening), opening, key=True)
            at = opening + _HOUR
            while closing - at >= _HOUR * 3 / 4:
                yield Hour(self.position(at), at, key=False)
                at += _HOUR
            yield Hour(self.position(closing), closing, key=True)


def days(view: ClockView, beside: Iterable[ClockView] = ()) -> list[Day]:
    """The working days from receipt to the last thing that is to be seen, at most MOST_CELLS, the newest ones.

    Where other clocks stand `beside` it, the days reach as far as they do.
    """
    first = _first_day(view)
    ends = (end for shown in (view, *beside) for end in _ends(shown))
    last = max((_day_of_end(view.calendar, end) for end in ends), default=first)
    dates = [first]
    while (following := view.calendar.next_working_day(dates[-1])) <= last:
        dates.append(following)
    return [_day(view, _Axis(day, view.calendar.periods(day)), day == first) for day in dates[-MOST_CELLS:]]


def beside(view: ClockView, main: ClockView, shown: Iterable[Day]) -> list[Day]:
    """Another clock on the days and hours of the main one, so that brackets and needles stand under each other."""
    first = _first_day(view)
    drawn = (_day(view, _Axis(day.date, main.calendar.periods(day.date)), day.date == first) for day in shown)
    return [replace(day, hours=()) for day in drawn]


def row(view: ClockView) -> Day | None:
    """The bar of a list: always today's axis, so that the needles of all rows line up; None on a closed day."""
    today = view.calendar.local_date(view.now)
    if not view.calendar.is_working_day(today):
        return None
    began = view.calendar.local_date(view.started_at) == today
    day = _day(view, _Axis(today, view.calendar.periods(today)), began)
    return replace(day, hours=(), marks=tuple(mark for mark in day.marks if mark.kind != "cutoff"))


def intervals(view: ClockView) -> Iterator[Interval]:
    """What the clock did and will do, as (kind, start, end); breaks are not cut out."""
    until, begin = view.seen_until, view.started_at
    for paused, resumed in view.pauses:
        yield from _running(view, begin, min(paused, until))
        yield "pause", paused, min(resumed or until, until)
        begin = min(resumed or until, until)
    yield from _running(view, begin, until)
    if view.due_at is not None and view.stopped_at is None and until < view.due_at:
        yield "left", until, view.due_at


def _running(view: ClockView, start: datetime, end: datetime) -> Iterator[Interval]:
    due = view.due_at or view.was_due_at
    if due is None or end <= due:
        yield "used", start, end
        return
    yield "used", start, max(start, due)
    yield "late", max(start, due), end


def _day(view: ClockView, axis: _Axis, is_first: bool) -> Day:
    spans: Iterable[Interval] = [("open", axis.first, axis.last), *intervals(view)]
    segments = tuple(segment for span in spans for segment in axis.segment(*span))
    marks = _place(list(_marks(view, axis, is_first)))
    return Day(axis.date, segments, tuple(marks), tuple(axis.hours()), axis.gap)


def _marks(view: ClockView, axis: _Axis, is_first: bool) -> Iterator[Mark]:
    if is_first and view.state != "promise":
        yield Mark("received", axis.position(view.started_at), view.started_at)
    if view.cutoff_at is not None and view.calendar.local_date(view.cutoff_at) == axis.date:
        yield Mark("cutoff", axis.position(view.cutoff_at), view.cutoff_at)
    for kind, at in (("wasdue", view.was_due_at), ("due", view.due_at)):
        if at is not None and _day_of_end(view.calendar, at) == axis.date:
            yield Mark(kind, axis.position(at), at)
    if view.stopped_at is not None:
        if view.met is not None and view.calendar.local_date(view.stopped_at) == axis.date:
            yield Mark("answered", axis.position(view.stopped_at), view.stopped_at)
    elif view.calendar.local_date(view.now) == axis.date:
        yield Mark("now", axis.position(view.now), view.now)


def _place(marks: list[Mark]) -> list[Mark]:
    """Choose sides for the labels, and remove those that would cover a more important one."""
    now = next((mark.position for mark in marks if mark.kind == "now"), None)
    taken: list[tuple[float, float]] = []
    placed = []
    for mark in sorted(marks, key=lambda mark: _RANK.get(mark.kind, -1)):
        if mark.kind == "now":
            placed.append(mark)
            continue
        sided = replace(mark, to_the_right=_prefers_right(mark, now))
        options = [sided, replace(sided, to_the_right=not sided.to_the_right)]
        fitting = (option for option in options if _fits(option, taken))
        chosen = next(fitting, replace(sided, labelled=False))
        if chosen.labelled:
            taken.append(chosen.span)
        placed.append(chosen)
    return sorted(placed, key=lambda mark: (mark.position, _RANK.get(mark.kind, 9)))


def _prefers_right(mark: Mark, now: float | None) -> bool:
    if mark.kind not in _LABELS_LEFT:
        return True
    just_after_now = now is not None and 0 <= mark.position - now < 14 and mark.position < 86
    return mark.position < 32 or (mark.kind == "due" and just_after_now)


def _fits(mark: Mark, taken: list[tuple[float, float]]) -> bool:
    start, end = mark.span
    return start >= -1 and end <= 101 and all(end <= a or start >= b for a, b in taken)


def _first_day(view: ClockView) -> date:
    """The day of receipt, or the next working day when its working time was over by then."""
    day = view.calendar.local_date(view.started_at)
    closing = view.calendar.last_closing(day)
    return day if closing is not None and view.started_at < closing else view.calendar.next_working_day(day)


def _ends(view: ClockView) -> Iterator[datetime]:
    """The instants that the bar must reach; what was received after hours begins on the next working day."""
    yield from (at for at in (view.due_at, view.was_due_at) if at is not None)
    if view.state != "promise":
        yield view.seen_until


def _day_of_end(calendar: WorkingCalendar, at: datetime) -> date:
    """The day that an end belongs to: 24:00 is the end of its day and not the start of the next."""
    return calendar.local_date(at - _INSTANT)
