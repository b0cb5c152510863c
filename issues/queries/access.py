"""What a person may see. One place for pages, interface, search and live, in SQL and in Python."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.people import Person
from issues.models import Ticket, TicketEvent, TicketStatus, Visibility

_RANK = {Visibility.PUBLIC: 0, Visibility.PARTIES: 1, Visibility.INTERNAL: 2}


@dataclass(frozen=True)
class TicketFacts:
    """What decides on access to a ticket, read once and checked for many people."""

    ticket_id: int
    code: str
    filer_id: int
    enterprise_id: int | None
    lead_agency_id: int | None
    agency_ids: frozenset[int]  # lead and coordinating
    is_draft: bool = False

    @classmethod
    def of(cls, ticket: Ticket) -> "TicketFacts":
        """Read the facts; prefetch coordinating_agencies where many tickets are walked."""
        agencies = {agency.pk for agency in ticket.coordinating_agencies.all()}
        if ticket.lead_agency_id:
            agencies.add(ticket.lead_agency_id)
        return cls(
            ticket_id=ticket.pk,
            code=ticket.code or "",
            filer_id=ticket.filer_id,
            enterprise_id=ticket.enterprise_id,
            lead_agency_id=ticket.lead_agency_id,
            agency_ids=frozenset(agencies),
            is_draft=ticket.status == TicketStatus.DRAFT,
        )


def read_facts(**which: Any) -> dict[int, TicketFacts]:
    """The facts of the tickets that match the filter, by id, in two queries."""
    needed = Ticket.objects.only("code", "filer_id", "enterprise_id", "lead_agency_id", "status")
    tickets = needed.filter(**which).order_by().prefetch_related("coordinating_agencies")
    return {ticket.pk: TicketFacts.of(ticket) for ticket in tickets}


def audience_of(person: Person, facts: TicketFacts) -> Visibility:
    """How much of this ticket the person may read. PUBLIC means: no more than everybody."""
    if not person.is_signed_in:
        return Visibility.PUBLIC
    if facts.is_draft:
        return Visibility.PARTIES if facts.filer_id == person.user_id else Visibility.PUBLIC
    if is_filer_side(person, facts.enterprise_id, facts.filer_id):
        return Visibility.PARTIES
    if person.is_coordinator or person.is_leader or facts.agency_ids & person.officer_agency_ids:
        return Visibility.INTERNAL
    return Visibility.PUBLIC


def is_filer_side(person: Person, enterprise_id: int | None, filer_id: int) -> bool:
    """The filer's enterprise; a ticket without one belongs to its filer alone."""
    if enterprise_id is None:
        return person.user_id == filer_id
    return enterprise_id in person.enterprise_ids


def may_see_ticket(person: Person, facts: TicketFacts) -> bool:
    return audience_of(person, facts) != Visibility.PUBLIC


def may_see_event(person: Person, facts: TicketFacts, visibility: str) -> bool:
    """Whether an event of this visibility reaches the person."""
    return _RANK[Visibility(visibility)] <= _RANK[audience_of(person, facts)]


def readable(field_visibility: str, audience: str) -> bool:
    """Whether a field marked for one audience may be read by another."""
    return _RANK[Visibility(field_visibility)] <= _RANK[Visibility(audience)]


def visible_tickets(person: Person) -> QuerySet[Ticket]:
    """The tickets whose page the person may open; the same rule as audience_of, in SQL."""
    if not person.is_signed_in:
        return Ticket.objects.none()
    filed = Q(enterprise_id__in=person.enterprise_ids) | Q(enterprise__isnull=True, filer_id=person.user_id)
    not_draft = ~Q(status=TicketStatus.DRAFT)
    mine = Q(status=TicketStatus.DRAFT, filer_id=person.user_id) | (not_draft & filed)
    if person.is_coordinator or person.is_leader:
        return Ticket.objects.filter(mine | not_draft)
    if person.officer_agency_ids:
        mine |= not_draft & (Q(lead_agency_id__in=person.officer_agency_ids) | _coordinated(person))
    return Ticket.objects.filter(mine)


def _coordinated(person: Person) -> Q:
    through = Ticket.coordinating_agencies.through
    return Q(Exists(through.objects.filter(ticket_id=OuterRef("pk"), agency_id__in=person.officer_agency_ids)))


def visible_events(person: Person, ticket: Ticket) -> QuerySet[TicketEvent]:
    """The events of one ticket that the person may read, oldest first."""
    audience = audience_of(person, TicketFacts.of(ticket))
    levels = [level for level, rank in _RANK.items() if rank <= _RANK[audience]]
    return TicketEvent.objects.filter(ticket=ticket, visibility__in=levels).order_by("id")
