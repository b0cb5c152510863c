"""What waits for one person of the city: by what they can do about it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import AGENCY_ROLES, Membership
from accounts.people import Person
from core import clock
from issues.access import visible_tickets
from issues.models import OPEN_STATUSES, Absence, Consultation, Extension, Ticket, TicketClock, TicketStatus
from issues.policies import REASSIGNABLE
from issues.queries.rows import TicketRow, rows_of, with_row_data

MOST_ROWS = 40  # of one list; the rest is on the board
S = TicketStatus


@dataclass(frozen=True)
class InboxList:
    """One list of the inbox. `empty`: what to say when nothing is in it."""

    code: str
    title: Any
    empty: Any
    rows: list[TicketRow]
    has_more: bool = False

    @property
    def count(self) -> str:
        """How many there are; "40+" where the list is cut."""
        return f"{len(self.rows)}+" if self.has_more else str(len(self.rows))


@dataclass(frozen=True)
class _Kind:
    code: str
    title: Any
    empty: Any
    where: Any  # Person → Q
    due: Any = None  # Person → the instant that decides the order, where it is not the due time of the whole


def _consulted(person: Person) -> Q:
    # From the few questions to their tickets, not from every ticket to its questions: so it is with a hundred thousand.
    asked = Consultation.objects.filter(agency_id__in=person.officer_agency_ids, status=Consultation.Status.REQUESTED)
    return Q(pk__in=asked.values("ticket_id"))


def _opinion_due(person: Person) -> Subquery:
    """When the first of the open questions to the person's agencies is to be answered."""
    asked = TicketClock.objects.filter(
        ticket=OuterRef("pk"), consultation__agency_id__in=person.officer_agency_ids, stopped_at=None
    )
    return Subquery(asked.order_by("due_at").values("due_at")[:1])


def _of_my_agencies(person: Person, *statuses: str) -> Q:
    return Q(lead_agency_id__in=person.officer_agency_ids, status__in=statuses)


def _without_anybody(person: Person) -> Q:
    """With the agencies that the person heads, and in charge is nobody, somebody who left, or somebody absent today."""
    here = Membership.objects.filter(
        user=OuterRef("assignee"), agency=OuterRef("lead_agency"), role__in=AGENCY_ROLES, user__is_active=True
    )
    today = timezone.localdate(clock.now())
    away = Absence.objects.filter(officer=OuterRef("assignee"), first_day__lte=today, last_day__gte=today)
    mine = Q(lead_agency_id__in=person.head_agency_ids, status__in=REASSIGNABLE)
    return mine & (~Q(Exists(here)) | Q(Exists(away)))


def _extension_asked(person: Person) -> Q:
    return Q(pk__in=Extension.objects.filter(status=Extension.Status.ASKED).values("ticket_id"))


_FOR_OFFICERS = (
    _Kind(
        "accept",
        _("To accept"),
        _("Nothing waits to be accepted."),
        lambda person: _of_my_agencies(person, S.ROUTED),
    ),
    _Kind(
        "mine",
        _("Assigned to me"),
        _("Nothing is assigned to you right now."),
        lambda person: Q(assignee_id=person.user_id) & _of_my_agencies(person, S.IN_PROGRESS),
    ),
    _Kind(
        "consulted",
        _("Opinions asked of us"),
        _("No agency is waiting for your opinion."),
        _consulted,
        due=_opinion_due,
    ),
    _Kind(
        "waiting",
        _("Waiting for the enterprise"),
        _("No clock is paused."),
        lambda person: _of_my_agencies(person, S.AWAITING_ENTERPRISE),
    ),
    _Kind(
        "agency",
        _("With colleagues"),
        _("Your colleagues have nothing in progress."),
        lambda person: _of_my_agencies(person, S.IN_PROGRESS) & ~Q(assignee_id=person.user_id),
    ),
)
_FOR_HEADS = (
    _Kind(
        "nobody",
        _("Without an active assignee"),
        _("Every open ticket has an officer who is not absent."),
        lambda person: _without_anybody(person),
    ),
)
_FOR_COORDINATORS = (
    _Kind(
        "route",
        _("To be routed"),
        _("No ticket needs you to choose the agency."),
        lambda person: Q(status=S.SUBMITTED),
    ),
)
_FOR_LEADERS = (
    _Kind(
        "extensions",
        _("Extensions to decide"),
        _("No agency is asking for more time."),
        lambda person: _extension_asked(person) & Q(status__in=OPEN_STATUSES),
    ),
    _Kind(
        "escalated",
        _("Escalated to you"),
        _("Nothing is overdue."),
        lambda person: Q(status__in=OPEN_STATUSES, escalation_level__gt=0),
    ),
)


def inbox(person: Person, now: datetime, *, hours: str = "24") -> list[InboxList]:
    """The lists of this person's roles, each by due time; four queries a list that has rows, one for an empty one."""
    lists = []
    visible = visible_tickets(person).exclude(status=S.DRAFT)
    for kind in _kinds(person):
        found = list(_ordered(visible.filter(kind.where(person)), kind.due(person) if kind.due else None))
        rows = rows_of(found[:MOST_ROWS], person, now, hours=hours)
        lists.append(InboxList(kind.code, kind.title, kind.empty, rows, has_more=len(found) > MOST_ROWS))
    return lists


def _ordered(tickets: QuerySet[Ticket], due: Subquery | None) -> QuerySet[Ticket]:
    rows = with_row_data(tickets)
    if due is not None:
        rows = rows.annotate(opinion_due=due)
    order = "due_at" if due is None else "opinion_due"
    return rows.order_by(F(order).asc(nulls_last=True), "id")[: MOST_ROWS + 1]


def _kinds(person: Person) -> list[_Kind]:
    kinds: list[_Kind] = []
    if person.is_coordinator:
        kinds += _FOR_COORDINATORS
    if person.is_leader:
        kinds += _FOR_LEADERS
    if person.head_agency_ids:
        kinds += _FOR_HEADS
    if person.is_officer:
        kinds += _FOR_OFFICERS
    return kinds
