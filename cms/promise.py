"""What is promised to somebody who files now: the due time, and the text beside it on the home page."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from core import clock
from issues.clocks.calendars import default_calendar
from issues.clocks.clock_view import ClockView, promise_view
from issues.clocks.clocks import target_for
from issues.models import ClockKind, Ticket
from issues.sla import SameDay, deadline

SOON = timedelta(minutes=30)


@dataclass(frozen=True)
class Promise:
    """`late_due_at` is the due time of what is filed after `cutoff_at`; both are None when today's is over."""

    view: ClockView
    late_due_at: datetime | None
    minimum_hours: int  # working hours that must be left for an answer on the same day

    @property
    def now(self) -> datetime:
        return self.view.now

    @property
    def due_at(self) -> datetime | None:
        return self.view.due_at

    @property
    def cutoff_at(self) -> datetime | None:
        return self.view.cutoff_at

    @property
    def minutes_to_cutoff(self) -> int:
        return int((self.view.cutoff_at - self.now).total_seconds() // 60) if self.view.cutoff_at else 0

    @property
    def is_soon(self) -> bool:
        return self.view.cutoff_at is not None and self.view.cutoff_at - self.now <= SOON

    @property
    def is_working_day(self) -> bool:
        return self.view.calendar.is_working_day(self.view.calendar.local_date(self.now))


def promise(moment: datetime | None = None) -> Promise:
    """The promise at `moment`, by default now, for an ordinary proposal."""
    calendar = default_calendar()
    now = timezone.localtime(moment or clock.now())
    target = target_for(ClockKind.RESOLUTION, Ticket())
    view = promise_view(calendar=calendar, target=target, at=now)
    late = None
    if view.cutoff_at is not None:
        late = deadline(calendar=calendar, target=target, start=view.cutoff_at + timedelta(minutes=1)).due_at
    minimum = target.minimum if isinstance(target, SameDay) else timedelta()
    return Promise(view=view, late_due_at=late, minimum_hours=int(minimum.total_seconds() // 3600))
