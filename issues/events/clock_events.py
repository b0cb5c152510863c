"""Events of clocks."""

from datetime import datetime

from issues.events.event_data import EventData
from issues.models.choices import Visibility


class ClockTimer(EventData):
    """A share of the working time is used up. `missed` names shares that passed while nobody could fire them."""

    type = "clock.timer"
    visibility = Visibility.INTERNAL
    own = True
    clock: str
    clock_id: int
    percent: int
    missed: list[int] = []
    due_at: datetime | None = None
    level: int = 0


class ClockBreached(EventData):
    """The due time has passed: everybody concerned is notified, the enterprise too."""

    type = "clock.breached"
    clock: str
    clock_id: int
    missed: list[int] = []
    due_at: datetime | None = None


class ClockRecomputed(EventData):
    """A due time moved because a calendar was edited, or because an agency of other hours is responsible now."""

    type = "clock.recomputed"
    clock: str
    old_due_at: datetime | None
    new_due_at: datetime | None
    calendar: str
    cause: str = "calendar"  # or "agency"
    paused: bool = False  # then both times are those of before the pause
