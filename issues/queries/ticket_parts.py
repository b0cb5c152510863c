"""Tickets with everything that the interface shows of each, for one reader, in a fixed number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Max, OuterRef, Prefetch, QuerySet, Subquery

from accounts.models import Agency
from accounts.people import Person
from issues.access import TicketFacts, not_kept_from
from issues.models import (
    Attachment,
    Consultation,
    Extension,
    RoutingDecision,
    Ticket,
    TicketClock,
    TicketEvent,
    Visibility,
)

SHARED = (Visibility.PUBLIC, Visibility.PARTIES)
_ONE = (
    "enterprise",
    "assignee",
    "project",
    "merged_into",
    "lead_agency",
    "ward",
    "assistance__agency",
    "membership_request",
)
_NOT_SHOWN = ("search_text", "public_title", "public_answer", "public_id", "created_at", "category_checked_at")


@dataclass(frozen=True)
class TicketParts:
    """A ticket and its rows. Event ids are those of the last event that each kind of reader may see; 0 for none."""

    ticket: Ticket
    clocks: Sequence[TicketClock]
    coordinating: Sequence[Agency]
    decision: RoutingDecision | None
    shared_event_id: int
    agency_event_id: int
    assisted_by: Agency | None = None
    consultations: Sequence[Consultation] = ()
    extensions: Sequence[Extension] = ()
    attachments: Sequence[Attachment] = ()
    split_into: Sequence[Ticket] = ()
    facts: TicketFacts = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "facts", TicketFacts.of(self.ticket, coordinating=self.coordinating))


def with_parts(tickets: QuerySet[Ticket], person: Person) -> list[TicketParts]:
    """The tickets of a query as this person sees them; five queries. Lists leave out what only one ticket shows."""
    return [_parts(ticket) for ticket in _prefetched(tickets, person)]


def one_with_parts(tickets: QuerySet[Ticket], person: Person) -> TicketParts | None:
    """The first ticket of a query with extensions, attachments and the tickets it was split into; eight queries."""
    more = tickets.select_related("split_from").prefetch_related("extensions", "attachments", "parts")
    for ticket in _prefetched(more, person)[:1]:
        return _parts(
            ticket,
            extensions=list(ticket.extensions.all()),
            attachments=list(ticket.attachments.all()),
            split_into=list(ticket.parts.all()),
        )
    return None


def _prefetched(tickets: QuerySet[Ticket], person: Person) -> QuerySet[Ticket]:
    events = TicketEvent.objects.filter(ticket=OuterRef("pk")).order_by()
    return (
        tickets.select_related(*_ONE)
        .defer(*_NOT_SHOWN)
        .prefetch_related(
            "clocks",
            "coordinating_agencies",
            Prefetch("consultations", Consultation.objects.select_related("agency")),
            Prefetch("routing_decisions", RoutingDecision.objects.only("ticket", "method", "reason", "trace")),
        )
        .annotate(
            shared_event_id=_newest(events.filter(visibility__in=SHARED)),
            agency_event_id=_newest(events.filter(not_kept_from(person))),
        )
    )


def _newest(events: QuerySet[TicketEvent]) -> Subquery:
    return Subquery(events.values("ticket").annotate(newest=Max("pk")).values("newest"))


def _parts(ticket: Any, **more: Iterable[Any]) -> TicketParts:
    decisions = list(ticket.routing_decisions.all())  # in the order of their ids: the last one counts
    return TicketParts(
        ticket=ticket,
        clocks=list(ticket.clocks.all()),
        coordinating=list(ticket.coordinating_agencies.all()),
        decision=decisions[-1] if decisions else None,
        shared_event_id=ticket.shared_event_id or 0,
        agency_event_id=ticket.agency_event_id or 0,
        assisted_by=helped.agency if (helped := getattr(ticket, "assistance", None)) else None,
        consultations=list(ticket.consultations.all()),
        **more,  # type: ignore[arg-type]
    )
