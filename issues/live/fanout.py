"""Which message goes to which socket. Everything that decides on a right is read here, at the moment of sending."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from accounts.people import NOBODY, Person
from issues.access import TicketFacts, rank, read_facts
from issues.events.serialize import event_json
from issues.events.topics import PUBLIC, Subjects, Topic, audience_for, matches, may_follow
from issues.live.identity import Identity, people_of
from issues.live.position import Position
from issues.live.subscription import NO_RIGHT, NO_SESSION, Subscription
from issues.models import TicketEvent, Visibility

_Listener = tuple[Subscription, tuple[Topic, ...]]


@dataclass
class Deliveries:
    """What a batch of events means for the open sockets."""

    messages: list[tuple[Subscription, Position, str]] = field(default_factory=list)
    refused: dict[Subscription, int] = field(default_factory=dict)  # with the close code


def read_events(after: int, limit: int) -> list[TicketEvent]:
    """The next events of the log, oldest first."""
    return list(TicketEvent.objects.filter(id__gt=after).order_by("id")[:limit])


def deliveries(events: Sequence[TicketEvent], subscriptions: Iterable[Subscription]) -> Deliveries:
    """Decide on a batch. At most nine queries, however many sockets there are."""
    facts = read_facts(pk__in={event.ticket_id for event in events})
    heard = _listeners(events, facts, subscriptions)
    listeners = {sub: None for found in heard for sub, _ in found}
    people = people_of({sub.identity for sub in listeners})
    subjects = Subjects.of({topic for sub in listeners for topic in sub.topics})
    result = Deliveries(refused=_refusals(listeners, people, subjects))
    for event, found in zip(events, heard, strict=True):
        texts: dict[str, str] = {}
        for sub, topics in found:
            if sub in result.refused:
                continue
            audience = widest_audience(people.get(sub.identity, NOBODY), topics, event, facts[event.ticket_id])
            if audience is not None:
                if audience not in texts:
                    texts[audience] = message_of(event, code=facts[event.ticket_id].code, audience=audience)
                result.messages.append((sub, Position.of(event), texts[audience]))
    return result


def lost_rights(subscriptions: Iterable[Subscription]) -> dict[Subscription, int]:
    """The sockets whose session or right has ended, with their close codes."""
    asking = [sub for sub in subscriptions if any(topic.kind != PUBLIC for topic in sub.topics)]
    people = people_of({sub.identity for sub in asking})
    return _refusals(asking, people, Subjects.of({topic for sub in asking for topic in sub.topics}))


def refusal(person: Person | None, topics: Iterable[Topic], subjects: Subjects) -> int | None:
    """The close code for somebody with these topics; None: welcome. `person` is None when the session has ended."""
    asked = [topic for topic in topics if topic.kind != PUBLIC]
    if not asked:
        return None
    if person is None or not person.is_signed_in:
        return NO_SESSION
    return None if all(may_follow(person, topic, subjects) for topic in asked) else NO_RIGHT


def widest_audience(person: Person, topics: Iterable[Topic], event: TicketEvent, facts: TicketFacts) -> str | None:
    """As which audience the event reaches the person over any of the topics; None: not at all."""
    found = [audience_for(person, topic, event, facts) for topic in topics]
    return max((one for one in found if one is not None), key=rank, default=None)


def message_of(event: TicketEvent, *, code: str, audience: str) -> str:
    """The message of an event as it goes over the wire."""
    message = {
        "kind": "event",
        "position": str(Position.of(event)),
        "event": event_json(event, code=code, audience=audience),
    }
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"))


def _listeners(
    events: Sequence[TicketEvent], facts: Mapping[int, TicketFacts], subscriptions: Iterable[Subscription]
) -> list[list[_Listener]]:
    """For each event the sockets that listen to one of its topics, rights apart.

    Sockets are grouped by their topics first: a thousand screens on the board ask one question, not a thousand.
    """
    groups: dict[tuple[Topic, ...], list[Subscription]] = {}
    for sub in subscriptions:
        groups.setdefault(sub.topics, []).append(sub)
    heard = []
    for event in events:
        found: list[_Listener] = []
        for topics, subs in groups.items():
            hit = tuple(topic for topic in topics if _concerns(topic, event, facts[event.ticket_id]))
            found.extend((sub, hit) for sub in subs if hit)
        heard.append(found)
    return heard


def _concerns(topic: Topic, event: TicketEvent, facts: TicketFacts) -> bool:
    return event.visibility == Visibility.PUBLIC if topic.kind == PUBLIC else matches(topic, event, facts)


def _refusals(
    subscriptions: Iterable[Subscription], people: Mapping[Identity, Person], subjects: Subjects
) -> dict[Subscription, int]:
    codes = ((sub, refusal(people.get(sub.identity), sub.topics, subjects)) for sub in subscriptions)
    return {sub: code for sub, code in codes if code is not None}
