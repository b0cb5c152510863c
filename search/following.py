"""Follows the log of tickets: notes whose documents may have changed, and says which are not made again yet."""

from __future__ import annotations

from collections.abc import Sequence

from issues.events.consumers import Consumer
from issues.models import ConsumerCursor, Ticket, TicketEvent
from search import sync
from search.engines.base import Kind
from search.models import PendingChange

_NAME = "search"
# After these the public words of a ticket may be others, or gone.
_OF_ANSWERS = frozenset({"ticket.published", "ticket.publication_proposed", "ticket.reopened", "ticket.merged"})
# These change nothing that the document of a ticket holds; after any other it is made again, new types included.
_NOT_OF_TICKETS = frozenset(
    {
        "ticket.routing_pending", "ticket.disputed", "ticket.joined", "ticket.rated", "ticket.publication_proposed",
        "ticket.published", "ticket.suggested", "ticket.reassigned", "message.posted", "message.from_party",
        "message.taken_back", "mail.noted", "note.posted", "note.taken_back", "attachment.added",
        "attachment.added_internal", "attachment.blocked", "attachment.blocked_internal",
    }
)  # fmt: skip
_MOST_BEHIND = 500


def follow(events: Sequence[TicketEvent]) -> None:
    """Note the tickets and the published answers that these events may have changed."""
    answers = {event.ticket_id for event in events if event.type in _OF_ANSWERS}
    tickets = {event.ticket_id for event in events if event.type not in _NOT_OF_TICKETS}
    # The document of an agency leads to its answers, once it has any.
    leads = Ticket.objects.filter(pk__in=answers, lead_agency__isnull=False).values_list("lead_agency_id", flat=True)
    agencies = set(leads) if answers else set()
    for kind, ids in ((Kind.ANSWER, answers), (Kind.TICKET, tickets), (Kind.AGENCY, agencies)):
        if ids:
            sync.note(kind, sorted(ids))


def behind(kind: str) -> set[int]:
    """The tickets of which the index does not know the last change yet; two queries.

    Usually none, or those of the last second. Where they are too many to be asked for one by one (a worker that is
    away, a log that was just imported) the answer is none, and the index answers as it is.
    """
    reached = ConsumerCursor.objects.filter(name=_NAME).values("last_event_id")
    cursor = reached.values_list("last_event_id", flat=True).first() or 0
    events = TicketEvent.objects.filter(id__gt=cursor).order_by("id").values_list("ticket_id", flat=True)
    noted = PendingChange.objects.filter(kind=kind).order_by("id").values_list("object_id", flat=True)
    found = [*events[: _MOST_BEHIND + 1], *noted[: _MOST_BEHIND + 1]]
    return set(found) if len(found) <= _MOST_BEHIND else set()


CONSUMER = Consumer(name=_NAME, handle=follow)
