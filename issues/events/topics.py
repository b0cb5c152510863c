"""Topics of the live feed (design §7): `ticket:<code>`, `agency:<code>`, `board`, `public`."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from accounts.models import Agency
from accounts.people import Person
from issues.access import TicketFacts, audience_on, may_read, may_see_ticket, read_facts
from issues.models import TicketEvent, Visibility

BOARD = "board"
PUBLIC = "public"
_KEY = re.compile(r"[\w.-]{1,40}")
DOCUMENTED = r"^(board|public|(ticket|agency):[^\s\u0000]{1,40})?$"  # what a name looks like; empty ones are left out


@dataclass(frozen=True)
class Topic:
    """A parsed topic name."""

    kind: str  # ticket, agency, board, public
    key: str = ""

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}" if self.key else self.kind


def parse_topic(text: str) -> Topic | None:
    """Read a topic name; None for anything that is none."""
    kind, colon, key = text.partition(":")
    if kind in (BOARD, PUBLIC) and not colon:
        return Topic(kind)
    if kind in ("ticket", "agency") and _KEY.fullmatch(key):
        return Topic(kind, key)
    return None


@dataclass(frozen=True)
class Subjects:
    """What topics are about, read once and checked for many people."""

    agency_ids: Mapping[str, int]  # by code
    tickets: Mapping[str, TicketFacts]  # by code

    @classmethod
    def of(cls, topics: Iterable[Topic]) -> "Subjects":
        """Read them; up to three queries however many topics there are."""
        codes: dict[str, set[str]] = {"agency": set(), "ticket": set()}
        for topic in topics:
            codes.setdefault(topic.kind, set()).add(topic.key)
        agencies, tickets = codes["agency"], codes["ticket"]
        return cls(
            agency_ids=dict(Agency.objects.filter(code__in=agencies).values_list("code", "pk")) if agencies else {},
            tickets={facts.code: facts for facts in read_facts(code__in=tickets).values()} if tickets else {},
        )


def may_follow(person: Person, topic: Topic, subjects: Subjects | None = None) -> bool:
    """Whether the person may listen to the topic at all. Costs up to two queries unless `subjects` are given."""
    if topic.kind == PUBLIC:
        return True
    if not person.is_signed_in:
        return False
    if topic.kind == BOARD:
        return person.is_staff_side
    subjects = subjects or Subjects.of([topic])
    if topic.kind == "agency":
        agency_id = subjects.agency_ids.get(topic.key)
        everywhere = person.is_coordinator or person.is_leader
        return agency_id is not None and (everywhere or agency_id in person.officer_agency_ids)
    facts = subjects.tickets.get(topic.key)
    return facts is not None and may_see_ticket(person, facts)


def audience_for(person: Person, topic: Topic, event: TicketEvent, facts: TicketFacts) -> str | None:
    """As which audience the person gets this event on this topic; None: not at all.

    The public topic shows the same to everybody.
    """
    if topic.kind == PUBLIC:
        return Visibility.PUBLIC if event.visibility == Visibility.PUBLIC else None
    if not matches(topic, event, facts) or not may_see_ticket(person, facts):
        return None
    return audience_on(person, facts, event) if may_read(person, facts, event) else None


def matches(topic: Topic, event: TicketEvent, facts: TicketFacts) -> bool:
    """Whether the event belongs to the topic, rights apart."""
    if topic.kind == "ticket":
        return facts.code == topic.key
    if topic.kind == "agency":
        return f",{topic.key}," in event.agencies
    return topic.kind == BOARD
