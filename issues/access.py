"""What a person may see. One place for pages, interface, search and live, in SQL and in Python."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, Protocol

from django.db.models import Q, QuerySet

from accounts.models import Agency
from accounts.people import Person
from issues.models import OWN, Ticket, TicketEvent, TicketStatus, Visibility

_RANK: dict[str, int] = {Visibility.PUBLIC: 0, Visibility.PARTIES: 1, Visibility.INTERNAL: 2, OWN: 3}


class Kept(Protocol):
    """An event, a note or a file: its audience, and whether it is limited to one agency."""

    visibility: Any
    internal_to: Any


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
    def of(cls, ticket: Ticket, *, coordinating: Iterable[Agency] | None = None) -> "TicketFacts":
        """Read the facts; prefetch coordinating_agencies where many tickets are walked, or give them."""
        others = ticket.coordinating_agencies.all() if coordinating is None else coordinating
        agencies = {agency.pk for agency in others}
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
    """How much of this ticket the person may read. PUBLIC means: what everybody may read."""
    if not person.is_signed_in:
        return Visibility.PUBLIC
    if facts.is_draft:
        return Visibility.PARTIES if facts.filer_id == person.user_id else Visibility.PUBLIC
    # The widest that the person has a right to: belonging to the enterprise takes nothing away.
    if person.is_coordinator or person.is_leader or facts.agency_ids & person.officer_agency_ids:
        return Visibility.INTERNAL
    if is_filer_side(person, facts.enterprise_id, facts.filer_id):
        return Visibility.PARTIES
    return Visibility.PUBLIC


def is_filer_side(person: Person, enterprise_id: int | None, filer_id: int | None) -> bool:
    """The filer's enterprise; a ticket without one belongs to its filer alone."""
    if enterprise_id is None:
        return filer_id is not None and person.user_id == filer_id
    return enterprise_id in person.enterprise_ids


def may_see_ticket(person: Person, facts: TicketFacts) -> bool:
    return audience_of(person, facts) != Visibility.PUBLIC


def may_read(person: Person, facts: TicketFacts, kept: "Kept") -> bool:
    """Whether an event, a note or a file reaches the person: by its visibility, and by the agency it is limited to."""
    if not readable(kept.visibility, audience_of(person, facts)):
        return False
    return kept.internal_to is None or is_inside(person, kept.internal_to)


def audience_on(person: Person, facts: TicketFacts, event: TicketEvent) -> str:
    """The audience that the person belongs to for one event: that of the ticket, or OWN inside its agency."""
    audience = audience_of(person, facts)
    return OWN if audience == Visibility.INTERNAL and is_inside(person, own_agency(event)) else audience


def own_agency(event: TicketEvent) -> str:
    """The code of the agency that the event belongs to: the one it is limited to, or the lead agency at that time."""
    return event.internal_to or event.agencies.strip(",").partition(",")[0]


def is_inside(person: Person, agency: str) -> bool:
    """Whether the person may read what is limited to this agency. Coordinators and leaders read everything."""
    return person.is_coordinator or person.is_leader or agency in person.officer_agency_codes


def readable(field_visibility: str, audience: str) -> bool:
    """Whether an audience may read what is marked for another one."""
    return rank(field_visibility) <= rank(audience)


def rank(audience: str) -> int:
    """The rank of an audience: a higher one reads more."""
    return _RANK[audience]


def sees_suggestion(person: Person, ticket: Ticket) -> bool:
    """Whether the person may know the assignee: before the acceptance that is a suggestion inside the lead agency."""
    if ticket.status != TicketStatus.ROUTED or ticket.lead_agency is None:
        return True
    return is_inside(person, ticket.lead_agency.code)


def visible_tickets(person: Person) -> QuerySet[Ticket]:
    """The tickets whose page the person may open; the same rule as audience_of, in SQL."""
    if not person.is_signed_in:
        return Ticket.objects.none()
    own_draft = Q(status=TicketStatus.DRAFT, filer_id=person.user_id)
    return Ticket.objects.filter(own_draft | ~Q(status=TicketStatus.DRAFT) & any_of(ways_to_see(person)))


def ways_to_see(person: Person) -> list[Q]:
    """The reasons for which somebody may see a ticket that was handed in: one of them is enough, `[Q()]` means all
    tickets. Each by itself is answered by an index; together by OR they are not."""
    if not person.is_signed_in:
        return []
    if person.is_coordinator or person.is_leader:
        return [Q()]
    ways: list[Q] = []
    if person.officer_agency_ids:
        ways += [Q(lead_agency_id__in=person.officer_agency_ids), _coordinated(person)]
    if person.enterprise_ids:
        ways.append(Q(enterprise_id__in=person.enterprise_ids))
    return [*ways, Q(enterprise__isnull=True, filer_id=person.user_id)]


def any_of(ways: Iterable[Q]) -> Q:
    """One of the conditions; nothing matches none."""
    found = list(ways)
    return reduce(or_, found) if found else Q(pk__in=[])


def _coordinated(person: Person) -> Q:
    through = Ticket.coordinating_agencies.through
    return Q(pk__in=through.objects.filter(agency_id__in=person.officer_agency_ids).values("ticket_id"))


def visible_events(person: Person, ticket: Ticket) -> QuerySet[TicketEvent]:
    """The events of one ticket that the person may read, oldest first; the same rule as may_read, in SQL."""
    audience = audience_of(person, TicketFacts.of(ticket))
    levels = [level for level in Visibility.values if readable(level, audience)]
    events = TicketEvent.objects.filter(ticket=ticket, visibility__in=levels)
    return events.filter(not_kept_from(person)).order_by("id")


def not_kept_from(person: Person, prefix: str = "") -> Q:
    """What is limited to no agency, or to one that the person may read for; `prefix` leads to the event."""
    if person.is_coordinator or person.is_leader:
        return Q()
    column = f"{prefix}internal_to"
    return Q(**{f"{column}__isnull": True}) | Q(**{f"{column}__in": person.officer_agency_codes})
