"""From receipt, target and pauses to the due time, with the steps that led there."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from functools import cached_property
from zoneinfo import ZoneInfo

from issues.sla.calendar import WorkingCalendar
from issues.sla.errors import CalendarError
from issues.sla.explain import Step, explain
from issues.sla.instants import MICROSECOND, from_micros, span, to_micros
from issues.sla.pauses import Pause, Stops, read_pauses, worked
from issues.sla.targets import SameDay, Target, WorkingDays, WorkingTime
from issues.sla.working_time import Timeline


@dataclass(frozen=True)
class Deadline:
    """When an answer is due, and why. Times are in the zone of the receipt.

    `first_due_at` is the due time before any pause. While a pause is open `due_at` is None and `left` is the
    working time that was left when it began (nothing when the due time had come by then); otherwise `left` is None.
    """

    due_at: datetime | None
    first_due_at: datetime
    left: timedelta | None
    steps: tuple[Step, ...]
    zone: ZoneInfo = field(repr=False)

    @property
    def paused(self) -> bool:
        """Whether the clock is paused."""
        return self.due_at is None

    @cached_property
    def explanation(self) -> list[str]:
        """The steps in English, in the calendar's local time."""
        return explain(self.steps, self.zone)


def deadline(
    *,
    calendar: WorkingCalendar,
    target: Target,
    start: datetime,
    pauses: Iterable[Pause] = (),
    not_before: datetime | None = None,
) -> Deadline:
    """The due time of what was received at `start`.

    A pause keeps the working time that was left: due = add(resume, left at the pause). A pause before `start` counts
    from `start`; one that begins at or after the due time changes nothing. Pauses
    are (start, end) in order without overlap; the last may have None as its end. CalendarError for anything else.
    `not_before` is a due time that was granted or promised: with the ended pauses applied, the answer is due no
    earlier, and the working time up to it counts as given from the start.
    """
    timeline = calendar.timeline
    begin = to_micros(start, "start")
    zone = start.tzinfo or calendar.zone
    steps = [Step("received", {"at": start})]
    due = _first_due(timeline, target, begin, steps)
    due_at = first_due_at = from_micros(due, zone)
    steps.append(Step("due", {"at": first_due_at}))
    left_at_pause: timedelta | None = None
    stops = read_pauses(pauses, begin)
    kept = to_micros(not_before, "kept due time") if not_before is not None else None
    for number, (paused, resumed) in enumerate(stops):
        if resumed is None and kept is not None and kept > due:
            due = kept
            first_due_at = _first_due_of_kept(timeline, begin, due, stops[:number], steps, zone)
        left = timeline.between(paused, due)
        left_at_pause = left * MICROSECOND
        steps.append(Step("paused", {"at": from_micros(paused, zone), "left": left_at_pause, "overdue": paused >= due}))
        if resumed is None:
            return Deadline(None, first_due_at, left_at_pause, tuple(steps), calendar.zone)
        if paused < due:
            due = timeline.add(resumed, left)
            due_at = from_micros(due, zone)
        steps.append(Step("resumed", {"at": from_micros(resumed, zone), "due": due_at}))
    if kept is not None and kept > due:
        due_at = from_micros(kept, zone)
        first_due_at = _first_due_of_kept(timeline, begin, kept, stops, steps, zone)
    return Deadline(due_at, first_due_at, None, tuple(steps), calendar.zone)


def _first_due_of_kept(
    timeline: Timeline, begin: int, kept: int, stops: Stops, steps: list[Step], zone: tzinfo
) -> datetime:
    """What would have been due first, had the working time up to the kept due time been given from the start."""
    steps.append(Step("kept", {"at": from_micros(kept, zone)}))
    return from_micros(timeline.add(begin, worked(timeline, begin, kept, stops)), zone)


def cutoff(calendar: WorkingCalendar, target: SameDay, day: date) -> datetime | None:
    """The last moment of a local day at which receipt is still due that day; None when there is none.

    With a closing at 24:00 and no minimum that is the last microsecond of the day, for 24:00 belongs to the next one.
    """
    found = calendar.timeline.day(day.toordinal())
    needed = span(target.minimum)
    for opening, closing in reversed(found.periods):
        if needed <= closing - opening:
            return from_micros(min(closing - needed, found.end - 1), calendar.zone)
        needed -= closing - opening
    return None


def _first_due(timeline: Timeline, target: Target, begin: int, steps: list[Step]) -> int:
    if isinstance(target, SameDay):
        return _same_day(timeline, target, begin, steps)
    if isinstance(target, WorkingTime):
        return _working_time(timeline, target, begin, steps)
    if isinstance(target, WorkingDays):
        return _working_days(timeline, target, begin, steps)
    raise CalendarError(f"{target!r} is not a target.")


def _same_day(timeline: Timeline, target: SameDay, begin: int, steps: list[Step]) -> int:
    day = timeline.day_at(begin)
    if day.periods:
        left = timeline.between(begin, day.last_closing)
        facts = {"left": left * MICROSECOND, "minimum": target.minimum}
        if begin <= day.last_closing and left >= span(target.minimum):
            steps.append(Step("left_today", facts))
            return day.last_closing
        steps.append(Step("too_little_left", facts))
    following = timeline.next_working_day(day.ordinal)
    _closed_days(timeline, day.ordinal, following.ordinal, steps)
    steps.append(Step("next_working_day", {"date": date.fromordinal(following.ordinal)}))
    return following.last_closing


def _working_time(timeline: Timeline, target: WorkingTime, begin: int, steps: list[Step]) -> int:
    due = timeline.add(begin, span(target.time))
    _closed_days(timeline, timeline.day_at(begin).ordinal, timeline.day_at(due).ordinal, steps)
    steps.append(Step("working_time", {"time": target.time}))
    return due


def _working_days(timeline: Timeline, target: WorkingDays, begin: int, steps: list[Step]) -> int:
    received = timeline.day_at(begin).ordinal
    day = timeline.next_working_day(received)
    for _ in range(target.days - 1):
        day = timeline.next_working_day(day.ordinal)
    _closed_days(timeline, received, day.ordinal, steps)
    steps.append(Step("working_days", {"days": target.days, "date": date.fromordinal(day.ordinal)}))
    return day.last_closing


def _closed_days(timeline: Timeline, first: int, last: int, steps: list[Step]) -> None:
    """Name the closed days from the day of receipt up to the day before the due one."""
    for ordinal in range(first, last):
        day = timeline.day(ordinal)
        if not day.periods:
            steps.append(Step("closed_day", {"date": date.fromordinal(ordinal), "kind": day.rule}))
