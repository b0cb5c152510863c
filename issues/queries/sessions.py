"""Listening sessions: the list, one session with what became of its points, and who may read the words of a point."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from accounts.people import Person
from issues.access import visible_tickets
from issues.clocks.clock_view import ClockView, clock_view
from issues.models import OPEN_STATUSES, ListeningSession, SessionPoint, TicketStatus

_ANSWERED = (TicketStatus.RESOLVED, TicketStatus.CLOSED)
_ROWS = ("ticket__lead_agency", "ticket__enterprise")


@dataclass(frozen=True)
class PointRow:
    """A point with its clock; `may_open`: the reader may open the ticket."""

    point: SessionPoint
    clock: ClockView | None
    may_open: bool

    @property
    def on_the_spot(self) -> bool:
        return bool(self.point.answered_by)


@dataclass(frozen=True)
class SessionNumbers:
    """What became of the points of one session."""

    points: int
    on_the_spot: int
    answered: int
    open: int
    enterprises: int


def sessions() -> QuerySet[ListeningSession]:
    """All sessions with their agencies and numbers of points, the newest first; two queries."""
    answered = Count("points", filter=Q(points__ticket__status__in=_ANSWERED), distinct=True)
    return (
        ListeningSession.objects.annotate(point_count=Count("points", distinct=True), answered_count=answered)
        .prefetch_related("agencies")
        .order_by("-starts_at", "-id")
    )


def point_rows(session: ListeningSession, person: Person, now: datetime) -> list[PointRow]:
    """The points in the order in which they were recorded; three queries however many."""
    points = list(session.points.select_related(*_ROWS).prefetch_related("ticket__clocks").order_by("number"))
    tickets = [point.ticket_id for point in points]
    seen = set(visible_tickets(person).filter(pk__in=tickets).values_list("pk", flat=True)) if tickets else set()
    return [PointRow(point, clock_view(point.ticket, now), point.ticket_id in seen) for point in points]


def numbers_of(rows: list[PointRow]) -> SessionNumbers:
    """Counted from the rows that were read."""
    tickets = [row.point.ticket for row in rows]
    return SessionNumbers(
        points=len(rows),
        on_the_spot=sum(row.on_the_spot for row in rows),
        answered=sum(ticket.status in _ANSWERED for ticket in tickets),
        open=sum(ticket.status in OPEN_STATUSES for ticket in tickets),
        enterprises=len({ticket.enterprise_id for ticket in tickets}),
    )


def may_read_points(person: Person, session: ListeningSession) -> bool:
    """Who may read what was said and by whom: the task force, the agencies present, and people who recorded a point.

    Prefetch `agencies`. Everybody else, and an enterprise too, reads what is public of each point.
    """
    if person.is_coordinator or person.is_leader:
        return True
    if not person.is_officer:
        return False
    present = {agency.pk for agency in session.agencies.all()}
    return bool(present & person.officer_agency_ids) or session.points.filter(captured_by=person.user_id).exists()
