"""What the public screen shows: no personal name, and no title but of published answers."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Prefetch, Q
from django.utils import timezone

from core.today import Today
from issues.clocks.clock_view import ClockView, clock_view
from issues.clocks.day_axis import position_of
from issues.models import OPEN_STATUSES, ClockKind, Ticket, TicketClock, TicketEvent
from issues.queries.indices import WORKING_DAYS, Rate, indices, last_working_days

ROWS = 7
ANSWERS = 3


@dataclass(frozen=True)
class WallRow:
    """One open ticket as everybody may see it."""

    title: str  # empty unless published
    category: str
    agency: str  # empty while it is not routed
    view: ClockView | None


@dataclass(frozen=True)
class WallAnswer:
    """One answer of the last days."""

    at: datetime
    title: str
    category: str
    agency: str
    used: timedelta


@dataclass(frozen=True)
class WallCounts:
    """Counts of open tickets; `others_*` are those that the rows do not show."""

    open: int
    overdue: int
    others: int
    others_today: int
    others_later: int
    others_paused: int


@dataclass(frozen=True)
class Wall:
    counts: WallCounts
    rows: list[WallRow]
    answers: list[WallAnswer]
    received: list[float]  # positions on today's bar, 0 to 1
    answered: list[float]
    received_today: int
    answered_today: int
    in_time: Rate  # of the last `in_time_days` working days
    in_time_days: int


def wall(now: datetime, today: Today) -> Wall:
    """Everything on the screen; seven queries at most, however many tickets there are."""
    rows = _open_rows()
    moments = _moments(now)
    return Wall(
        counts=_counts(now, rows),
        rows=[_row(ticket, now) for ticket in rows],
        answers=_answers(),
        received=_positions(moments["ticket.submitted"], today),
        answered=_positions(moments["ticket.resolved"], today),
        received_today=len(moments["ticket.submitted"]),
        answered_today=len(moments["ticket.resolved"]),
        in_time=indices(last_working_days(now)).same_day,
        in_time_days=WORKING_DAYS,
    )


def _open_rows() -> list[Ticket]:
    """The most urgent running tickets."""
    clocks = Prefetch("clocks", TicketClock.objects.filter(kind=ClockKind.RESOLUTION).order_by("id"))
    running = Ticket.objects.filter(status__in=OPEN_STATUSES, due_at__isnull=False)
    return list(running.select_related("lead_agency").prefetch_related(clocks).order_by("due_at", "id")[:ROWS])


def _row(ticket: Ticket, now: datetime) -> WallRow:
    return WallRow(
        title=ticket.public_title if ticket.is_published else "",
        category=ticket.get_category_display() if ticket.category else "",
        agency=ticket.lead_agency.name if ticket.lead_agency else "",
        view=clock_view(ticket, now),
    )


def _counts(now: datetime, shown: list[Ticket]) -> WallCounts:
    others = ~Q(pk__in=[ticket.pk for ticket in shown])
    midnight = _midnight(now) + timedelta(days=1)
    counted = Ticket.objects.filter(status__in=OPEN_STATUSES).aggregate(
        open=Count("pk"),
        overdue=Count("pk", filter=Q(due_at__lt=now)),
        others=Count("pk", filter=others),
        others_today=Count("pk", filter=others & Q(due_at__lt=midnight)),
        others_later=Count("pk", filter=others & Q(due_at__gte=midnight)),
        others_paused=Count("pk", filter=others & Q(due_at__isnull=True)),
    )
    return WallCounts(**counted)


def _moments(now: datetime) -> dict[str, list[datetime]]:
    """When proposals came in and answers went out today, from the log."""
    found: dict[str, list[datetime]] = {"ticket.submitted": [], "ticket.resolved": []}
    events = TicketEvent.objects.filter(type__in=found, at__gte=_midnight(now), at__lte=now)
    for type_, at in events.order_by("id").values_list("type", "at"):
        found[type_].append(at)
    return found


def _positions(moments: list[datetime], today: Today) -> list[float]:
    return [position for at in moments if (position := position_of(today, at)) is not None]


def _answers() -> list[WallAnswer]:
    events = (
        TicketEvent.objects.filter(type="ticket.resolved", ticket__resolved_at=F("at"))
        .select_related("ticket__lead_agency")
        .order_by("-id")[:ANSWERS]
    )
    return [_answer(event) for event in events]


def _answer(event: TicketEvent) -> WallAnswer:
    ticket = event.ticket
    return WallAnswer(
        at=event.at,
        title=ticket.public_title if ticket.is_published else "",
        category=ticket.get_category_display() if ticket.category else "",
        agency=ticket.lead_agency.name if ticket.lead_agency else "",
        used=timedelta(minutes=event.data["used_minutes"]),
    )


def _midnight(now: datetime) -> datetime:
    return timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
