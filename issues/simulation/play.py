"""Time goes by: what people and the system do, in the order of time, at instants of whole minutes.

Sweeps come as the beat would bring them: soon after a timer is due, unless the workers are down.
"""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from core import clock
from issues.actions import timers
from issues.actions.silence import close_silent
from issues.clocks import calendars
from issues.models import Ticket, TicketClock, TicketStatus
from issues.simulation import moves
from issues.simulation.habits import Habits
from issues.simulation.world import World

Act = Callable[[], str]  # returns a name of what was done, for `seen`
MINUTE = timedelta(minutes=1)
LONGEST_LAG = 9  # minutes until a sweep finds what is due


@dataclass
class Play:
    """A world in motion from `now` on. Tests replace `sweep` and `seen`."""

    world: World
    habits: Habits
    now: datetime
    until: datetime
    sweep: Callable[[], int] = timers.sweep
    seen: Callable[[str], None] = lambda _what: None
    downtimes: list[tuple[datetime, datetime]] = field(default_factory=list)  # in which nothing is swept
    lag: int = LONGEST_LAG
    _waiting: list[tuple[datetime, int, Act]] = field(default_factory=list)
    _numbers: count = field(default_factory=count)
    _moves: dict[int, int] = field(default_factory=dict)  # by ticket

    def enter(self, at: datetime, act: Act) -> None:
        """Let something happen at an instant; what would be after the end does not happen."""
        if at <= self.until:
            heapq.heappush(self._waiting, (at, next(self._numbers), act))

    def file_at(self, at: datetime) -> None:
        self.enter(at, self._file)

    def follow(self, ticket: Ticket) -> None:
        """Let people work on a ticket, after a while."""
        self.enter(self._next_time(ticket), lambda: self._move(ticket.pk))

    def run(self) -> None:
        """Everything until the end."""
        while self._waiting:
            at, _number, act = heapq.heappop(self._waiting)
            self._sweep_until(at)
            self._at(at, act)
        self._sweep_until(self.until)

    def close_silent(self) -> str:
        close_silent()
        return "close_silent"

    def _at(self, at: datetime, act: Act) -> None:
        self.now = max(at, self.now)
        with clock.at(self.now):
            self.seen(act())

    def _file(self) -> str:
        ticket = moves.file(self.world)
        if ticket is not None:
            self.follow(ticket)
        return "file"

    def _move(self, pk: int) -> str:
        ticket = Ticket.objects.select_related("lead_agency", "filer").get(pk=pk)
        name = self.habits.next_move(self.world, ticket) or "silence"
        self._moves[pk] = self._moves.get(pk, 0) + 1
        if self._moves[pk] > self.habits.most_moves:
            name = "withdraw" if ticket.is_open else "silence"
        if name == "silence":
            return name
        moves.do(self.world, name, ticket)
        self.follow(Ticket.objects.get(pk=pk))
        return name

    def _next_time(self, ticket: Ticket) -> datetime:
        """After the usual time; agencies count it in working time."""
        minutes = timedelta(minutes=max(1, self.habits.wait(self.world, ticket)))
        if ticket.status in self.habits.at_any_hour:
            return self.now + minutes
        _pk, calendar = calendars.calendar_for(ticket.lead_agency)
        return calendar.add(self.now, minutes)

    def _sweep_until(self, end: datetime) -> None:
        while (due := self._first_due()) is not None:
            at = self._when_swept(max(due, self.now))
            if at > end:
                return
            self._at(at, self._swept)

    def _swept(self) -> str:
        before = self._first_due()
        self.sweep()
        if self._first_due() == before:  # it died, or a timer fails: the next sweep comes a minute later
            self.now += MINUTE
        return "sweep"

    def _first_due(self) -> datetime | None:
        rows = TicketClock.objects.filter(next_timer_at__isnull=False).order_by("next_timer_at")
        return rows.values_list("next_timer_at", flat=True).first()

    def _when_swept(self, due: datetime) -> datetime:
        """On a whole minute, after the lag, and not before the workers are up again."""
        at = _whole_minute(due) + self.world.chance.randint(0, self.lag) * MINUTE
        for began, ended in self.downtimes:
            if began <= at < ended:
                at = ended
        return at


def open_tickets() -> list[Ticket]:
    """Everything that somebody may still work on, the oldest first."""
    over = (TicketStatus.DRAFT, TicketStatus.CLOSED, TicketStatus.DECLINED, TicketStatus.WITHDRAWN, TicketStatus.MERGED)
    return list(Ticket.objects.exclude(status__in=over).select_related("lead_agency", "filer").order_by("pk"))


def _whole_minute(at: datetime) -> datetime:
    floor = at.replace(second=0, microsecond=0)
    return floor if floor == at else floor + MINUTE
