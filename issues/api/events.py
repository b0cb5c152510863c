"""The live feed over HTTP, for programs and for browsers whose WebSocket is blocked (design §7)."""

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from accounts import people
from accounts.auth import OptionalAuth
from accounts.people import Person
from core.errors import Invalid, NotAllowed, NotSignedIn, NotVisible
from issues.access import TicketFacts, audience_on, visible_events, visible_tickets
from issues.events.serialize import event_json
from issues.events.topics import DOCUMENTED, Subjects, Topic
from issues.live.fanout import refusal
from issues.live.feed import Slice, events_after, latest_events, newest_id
from issues.live.opening import MOST_TOPICS, topics_of
from issues.live.position import AFTER, known_id
from issues.live.subscription import NO_SESSION
from issues.models import Ticket

router = Router(tags=["events"])

EventId = Annotated[int, Query(ge=0, le=2**63 - 1)]
After = Annotated[str, Query(pattern=AFTER)]
TopicName = Annotated[str, Field(json_schema_extra={"pattern": DOCUMENTED})]


class EventActor(Schema):
    """Who acted: a position, never a personal name, and nobody in public."""

    name: str
    role: str
    agency: str | None


class Event(Schema):
    id: int
    ticket: str
    seq: int
    type: str
    at: str
    actor: EventActor
    visibility: str
    internal_to: str | None  # the one agency that may read an internal event; null: all agencies of the ticket
    data: dict[str, Any]


class TicketEvents(Schema):
    """`cursor` is the next `after`."""

    events: list[Event]
    cursor: int


class EventFeed(TicketEvents):
    """`more`: ask again immediately. `reset`: this log never gave that `after`; reload and go on from `cursor`."""

    more: bool
    reset: bool = False


@router.get("/events", response=EventFeed, auth=OptionalAuth(), summary="Events on topics, oldest first")
def list_events(
    request: HttpRequest,
    topic: Annotated[list[TopicName], Query()] = [],  # noqa: B006 - ninja reads the default, nobody changes it
    after: After | None = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> dict[str, Any]:
    """Topics: `ticket:<code>`, `agency:<code>`, `board`, `public` (the default); `topic` may be repeated.

    `after` is an event's id, or a position `<id>.<first 8 characters of the event's hash>` as live messages carry it.
    Without it: the latest events. Anonymous callers may read `public` only (401 otherwise); 403 without the right.
    """
    person = people.of(request.user)
    topics = _permitted(person, topic)
    if after is None:
        return _answer(latest_events(person, topics, limit=limit))
    known = known_id(after)
    if known is None:
        return _answer(Slice.of_another_log(newest_id()))
    return _answer(events_after(person, topics, after=known, limit=limit))


@router.get("/tickets/{code}/events", response=TicketEvents, summary="What happened to one ticket, oldest first")
def list_ticket_events(request: HttpRequest, code: str, after: EventId = 0) -> dict[str, Any]:
    """Only the events, and of each only the fields, that the caller may see. 404 for a ticket they may not see."""
    person = people.of(request.user)
    ticket = visible_tickets(person).prefetch_related("coordinating_agencies").filter(code=code).first()
    if ticket is None:
        raise NotVisible(_("There is no ticket %(code)s that you can see.") % {"code": code})
    return _ticket_answer(person, ticket, after)


def _ticket_answer(person: Person, ticket: Ticket, after: int) -> dict[str, Any]:
    facts = TicketFacts.of(ticket)
    events = list(visible_events(person, ticket).filter(id__gt=after))
    return {
        "events": [event_json(event, code=facts.code, audience=audience_on(person, facts, event)) for event in events],
        "cursor": events[-1].pk if events else after,
    }


def _permitted(person: Person, names: list[str]) -> tuple[Topic, ...]:
    topics = topics_of(names)
    if topics is None and len(names) > MOST_TOPICS:
        message = _("At most %(count)s topics.") % {"count": MOST_TOPICS}
        raise Invalid(message, fields={"topic": [message]})
    # An unknown topic and a forbidden one are answered alike: codes cannot be guessed.
    code = refusal(person, topics, Subjects.of(topics)) if topics is not None else None
    if code == NO_SESSION or (topics is None and not person.is_signed_in):
        raise NotSignedIn(_("Sign in to follow this topic."))
    if topics is None or code is not None:
        raise NotAllowed(_("You cannot follow this topic, or it does not exist."))
    return topics


def _answer(found: Slice) -> dict[str, Any]:
    return {
        "events": [seen.as_json() for seen in found.events],
        "cursor": found.cursor,
        "more": found.more,
        "reset": found.reset,
    }
