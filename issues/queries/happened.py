"""What just happened: the feed beside the board."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, Subquery

from accounts.people import Person
from issues.access import visible_tickets
from issues.models import TicketEvent
from issues.sentences.event_reading import Reading, Sentence, agency_names
from issues.sentences.event_sentences import sentence_of

_QUIET = ("ticket.routing_pending", "attachment.added", "attachment.added_internal")  # shown by the event beside them


_LOOKS_BACK = 5_000  # events: a week of a large city; an agency where nothing happened has an empty feed
_NEWEST = TicketEvent.objects.order_by("-id").values("id")[:1]


@dataclass(frozen=True)
class Happened:
    """One event of the feed."""

    event: TicketEvent
    sentence: Sentence

    @property
    def number(self) -> str:
        """The code without what all codes of a year share: "0034"."""
        return (self.event.ticket.code or "").rpartition("-")[2]


def recent_events(person: Person, limit: int = 8, *, hours: str = "24") -> list[Happened]:
    """The newest events of the tickets that this person sees as a colleague; two queries.

    Own proposals are left out: of those the person may read less than an agency may.
    """
    own = Q(ticket__enterprise_id__in=person.enterprise_ids) | Q(
        ticket__enterprise__isnull=True, ticket__filer_id=person.user_id
    )
    events = TicketEvent.objects.select_related("ticket__enterprise").exclude(type__in=_QUIET).exclude(own)
    if not (person.is_coordinator or person.is_leader):
        # From the newest event back to its ticket, not from all tickets that may be seen to their events.
        may_see = visible_tickets(person).order_by().filter(pk=OuterRef("ticket_id"))
        events = events.filter(Exists(may_see), id__gt=Subquery(_NEWEST) - _LOOKS_BACK)
    found = list(events.order_by("-id")[:limit])
    names = agency_names(found)
    return [Happened(event, sentence_of(_reading(event, names, hours))) for event in found]


def _reading(event: TicketEvent, names: dict[str, str], hours: str) -> Reading:
    enterprise = event.ticket.enterprise
    return Reading(event, event.data, names, enterprise=enterprise.name if enterprise else "", hours=hours)
