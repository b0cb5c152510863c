"""Topics of the live feed (design §7): `ticket:<code>`, `agency:<code>`, `board`, `public`."""

from dataclasses import dataclass

from accounts.models import Agency
from accounts.people import Person
from issues.models import Ticket, TicketEvent, Visibility
from issues.queries.access import TicketFacts, audience_of, may_see_event, may_see_ticket

BOARD = "board"
PUBLIC = "public"


@dataclass(frozen=True)
class Topic:
    """A parsed topic name."""

    kind: str  # ticket, agency, board, public
    key: str = ""

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}" if self.key else self.kind


def parse_topic(text: str) -> Topic | None:
    """Read a topic name; None for anything that is none."""
    kind, _, key = text.partition(":")
    if kind in (BOARD, PUBLIC) and not _:
        return Topic(kind)
    if kind in ("ticket", "agency") and key and len(key) <= 40:
        return Topic(kind, key)
    return None


def may_follow(person: Person, topic: Topic) -> bool:
    """Whether the person may listen to the topic at all. Costs up to two queries."""
    if topic.kind == PUBLIC:
        return True
    if not person.is_signed_in:
        return False
    if topic.kind == BOARD:
        return person.is_staff_side
    if topic.kind == "agency":
        if person.is_coordinator or person.is_leader:
            return Agency.objects.filter(code=topic.key).exists()
        return Agency.objects.filter(code=topic.key, pk__in=person.officer_agency_ids).exists()
    ticket = Ticket.objects.prefetch_related("coordinating_agencies").filter(code=topic.key).first()
    return ticket is not None and may_see_ticket(person, TicketFacts.of(ticket))


def audience_for(person: Person, topic: Topic, event: TicketEvent, facts: TicketFacts) -> Visibility | None:
    """As which audience the person gets this event on this topic; None: not at all.

    The public topic shows everybody the same, whoever listens.
    """
    if topic.kind == PUBLIC:
        return Visibility.PUBLIC if event.visibility == Visibility.PUBLIC else None
    if not matches(topic, event, facts) or not may_see_ticket(person, facts):
        return None
    return audience_of(person, facts) if may_see_event(person, facts, event.visibility) else None


def matches(topic: Topic, event: TicketEvent, facts: TicketFacts) -> bool:
    """Whether the event belongs to the topic, rights apart."""
    if topic.kind == "ticket":
        return facts.code == topic.key
    if topic.kind == "agency":
        return f",{topic.key}," in event.agencies
    return topic.kind == BOARD
