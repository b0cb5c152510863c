"""How a socket begins: whether it is allowed, where its stream starts, what it missed."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qs

from accounts.people import NOBODY, Person
from issues.events.topics import Subjects, Topic, parse_topic
from issues.live.fanout import refusal
from issues.live.feed import events_after
from issues.live.identity import Identity, people_of
from issues.live.position import START, Position, known_id, newest_position, position_at
from issues.models import TicketEvent

REPLAY_LIMIT = 1000  # events; a client that is further behind reloads the page
MOST_TOPICS = 20


@dataclass(frozen=True)
class Wish:
    """What a client asked for in its address. `topics` is None when one of them is no topic."""

    topics: tuple[Topic, ...] | None
    after: str = ""
    presence: bool = False

    @classmethod
    def of(cls, query_string: bytes) -> "Wish":
        """Read `topic=…&topic=…&after=…&presence=1`. Without a topic: the public one."""
        try:
            fields = parse_qs(query_string.decode("latin1"), keep_blank_values=True, max_num_fields=100)
        except ValueError:
            return cls(None)
        return cls(
            topics_of(fields.get("topic", [])),
            fields.get("after", [""])[-1].strip(),
            presence=fields.get("presence", [""])[-1] == "1",
        )


def topics_of(names: Iterable[str]) -> tuple[Topic, ...] | None:
    """Topics in one fixed order, each once; None when one is unknown or there are too many."""
    wanted = {name for name in names if name} or {"public"}
    parsed = [parse_topic(name) for name in sorted(wanted)]
    topics = tuple(topic for topic in parsed if topic is not None)
    return topics if len(topics) == len(parsed) <= MOST_TOPICS else None


@dataclass(frozen=True)
class Opening:
    """The answer. Everything after `cursor` follows on this socket: first `missed`, then what happens from now on.

    `start` is the position of `cursor`, `position` the one up to which `missed` goes. `reset`: the client's own
    `after` is of no use, the page must be loaded again.
    """

    refused: int | None = None
    user_id: int | None = None  # whose socket it is
    cursor: int = 0
    start: Position = START
    position: Position = START
    reset: bool = False
    missed: list[str] = field(default_factory=list)

    @classmethod
    def at(cls, newest: Position, *, reset: bool = False) -> "Opening":
        """A stream that begins at the end of the log."""
        return cls(cursor=newest.id, start=newest, position=newest, reset=reset)


def open_stream(identity: Identity, topics: tuple[Topic, ...], after: str) -> Opening:
    """Check the rights and read what the client missed. Its subscription must stand already."""
    person = people_of([identity]).get(identity)
    code = refusal(person, topics, Subjects.of(topics))
    if code is not None:
        return Opening(refused=code)
    return replace(_stream(person or NOBODY, topics, after), user_id=person.user_id if person else None)


def _stream(person: Person, topics: tuple[Topic, ...], after: str) -> Opening:
    newest = newest_position()
    if not after:
        return Opening.at(newest)
    known = _recent_id(after, newest)
    if known is None:
        return Opening.at(newest, reset=True)
    missed = events_after(person, topics, after=known, limit=REPLAY_LIMIT)
    if missed.more:  # a burst between the two looks
        return Opening.at(newest_position(), reset=True)
    return Opening(
        cursor=known,
        start=position_at(known),
        position=position_at(missed.cursor),
        missed=[seen.as_message() for seen in missed.events],
    )


def _recent_id(after: str, newest: Position) -> int | None:
    """The id to go on from; None for one that this log cannot have given, or that is too long ago."""
    known = known_id(after)
    if known is None or known > newest.id:
        return None
    too_far = TicketEvent.objects.filter(id__gt=known).order_by("id")[REPLAY_LIMIT : REPLAY_LIMIT + 1]
    return None if too_far.exists() else known
