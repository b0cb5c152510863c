"""Pauses: stretches in which no working time counts, because the answer waits for somebody else."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from issues.sla.calendar import WorkingCalendar
from issues.sla.errors import CalendarError
from issues.sla.instants import amount, to_micros
from issues.sla.working_time import Timeline

Pause = tuple[datetime, datetime | None]
"""Start and end; a pause without an end is still open."""

Stops = list[tuple[int, int | None]]
"""Pauses in microseconds, checked and cut off at the start."""


def read_pauses(pauses: Iterable[Pause], start: int) -> Stops:
    """Check pauses and cut off what lies before `start`.

    They must be in order and may touch but not overlap, and only the last may be open; CalendarError otherwise.
    """
    found: Stops = []
    earliest: int | None = None
    previous_open = False
    for pause in pauses:
        try:
            began, ended = pause
        except (TypeError, ValueError):
            raise CalendarError(f"{pause!r} is not a pause of a start and an end.") from None
        begin = to_micros(began, "start of a pause")
        if previous_open:
            raise CalendarError(f"The pause from {began.isoformat()} follows one that has not ended.")
        if earliest is not None and begin < earliest:
            raise CalendarError(f"The pause from {began.isoformat()} starts before the one ahead of it ends.")
        if ended is None:
            previous_open = True
            found.append((max(begin, start), None))
            continue
        end = to_micros(ended, "end of a pause")
        if end < begin:
            raise CalendarError(f"The pause from {began.isoformat()} ends earlier, at {ended.isoformat()}.")
        earliest = end
        if end > start:
            found.append((max(begin, start), end))
    return found


def is_within_grace(
    calendar: WorkingCalendar, began: datetime, ended: datetime, due: datetime, grace: timedelta
) -> bool:
    """Whether a pause was so short that it moves nothing: at most `grace` of working time, and over before `due`.

    `due` is the due time when the pause began. A pause that lasted until then is never within the grace: without it
    no time at all would be left. CalendarError when `ended` is before `began` or the grace is negative.
    """
    amount(grace, "grace")
    return ended < due and calendar.between(began, ended) <= grace


def worked(timeline: Timeline, begin: int, at: int, pauses: Stops) -> int:
    """Working microseconds from `begin` to `at` outside the pauses that `read_pauses` gave."""
    spent = 0
    for paused, resumed in pauses:
        if paused >= at:
            break
        spent += timeline.between(begin, paused)
        if resumed is None:
            return spent
        begin = resumed
    return spent + timeline.between(begin, at)
