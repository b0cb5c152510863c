"""The log as one person may read it: for the HTTP feed, and for what a socket missed while it was away."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Q, QuerySet

from accounts.people import Person
from issues.access import read_facts, visible_tickets
from issues.events.serialize import event_json
from issues.events.topics import PUBLIC, Topic
from issues.live.fanout import message_of, widest_audience
from issues.models import TicketEvent, Visibility

_CHUNK = 500  # events looked at in one query
_MOST_CHUNKS = 4  # so that a reader of a quiet topic does not walk the whole log in one request


@dataclass(frozen=True)
class Seen:
    """An event with the audience as which its reader gets it."""

    event: TicketEvent
    code: str
    audience: str

    def as_json(self) -> dict[str, Any]:
        return event_json(self.event, code=self.code, audience=self.audience)

    def as_message(self) -> str:
        return message_of(self.event, code=self.code, audience=self.audience)


@dataclass(frozen=True)
class Slice:
    """Some events, oldest first. The reader knows everything up to `cursor`; `more` says that there is more now.

    `reset`: this log never gave the id that the reader came with.
    """

    events: list[Seen]
    cursor: int
    more: bool = False
    reset: bool = False

    @classmethod
    def of_another_log(cls, newest: int) -> "Slice":
        """The answer to somebody who comes from another history."""
        return cls([], cursor=newest, reset=True)


def newest_id() -> int:
    """The id of the newest event; 0 for an empty log."""
    return TicketEvent.objects.aggregate(newest=Max("id"))["newest"] or 0


def events_after(person: Person, topics: Sequence[Topic], *, after: int, limit: int) -> Slice:
    """The next events after an id on these topics that the person may see now; up to `limit`."""
    newest = newest_id()  # before the events, so that the cursor promises nothing that was not looked at
    if after > newest:
        return Slice.of_another_log(newest)
    about = _about(person, topics).filter(id__lte=newest)
    found: list[Seen] = []
    position = after
    for _ in range(_MOST_CHUNKS):
        rows = list(about.filter(id__gt=position).order_by("id")[:_CHUNK])
        for seen in _seen(person, topics, rows):
            if len(found) == limit:
                return Slice(found, cursor=found[-1].event.pk, more=True)
            found.append(seen)
        if len(rows) < _CHUNK:
            return Slice(found, cursor=newest)
        position = rows[-1].pk
    return Slice(found, cursor=position, more=True)


def latest_events(person: Person, topics: Sequence[Topic], *, limit: int) -> Slice:
    """The last events on these topics that the person may see now, for readers who begin."""
    newest = newest_id()
    rows = list(_about(person, topics).filter(id__lte=newest).order_by("-id")[: min(limit * 2, _CHUNK)])
    return Slice(list(_seen(person, topics, reversed(rows)))[-limit:], cursor=newest)


def _about(person: Person, topics: Iterable[Topic]) -> QuerySet[TicketEvent]:
    """A first selection in SQL, never narrower than the rule in issues.events.topics, which decides."""
    wanted = Q()
    for topic in topics:
        wanted |= Q(visibility=Visibility.PUBLIC) if topic.kind == PUBLIC else _of(topic)
    if any(topic.kind != PUBLIC for topic in topics):
        wanted &= Q(visibility=Visibility.PUBLIC) | Q(ticket__in=visible_tickets(person))
    return TicketEvent.objects.filter(wanted)


def _of(topic: Topic) -> Q:
    if topic.kind == "ticket":
        return Q(ticket__code=topic.key)
    if topic.kind == "agency":
        return Q(agencies__contains=f",{topic.key},")
    return Q(id__gt=0)


def _seen(person: Person, topics: Sequence[Topic], rows: Iterable[TicketEvent]) -> Iterable[Seen]:
    rows = list(rows)
    facts = read_facts(pk__in={event.ticket_id for event in rows}) if rows else {}
    for event in rows:
        known = facts[event.ticket_id]
        audience = widest_audience(person, topics, event, known)
        if audience is not None:
            yield Seen(event, known.code, audience)
