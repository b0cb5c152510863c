"""A place in the log that a client can name: the id of an event, and the beginning of its hash (design §5).

The hash distinguishes two histories: after a database was restored, the same id may belong to another event.
"""

import re
from typing import NamedTuple

from issues.events.record import FIRST_HASH
from issues.models import TicketEvent

_SHOWN = 8  # characters of the hash
AFTER = r"^([0-9]{1,18})(?:\.([0-9a-f]{8}))?$"  # what a client may give as `after`


class Position(NamedTuple):
    """Just after this event. Written `<id>.<first 8 characters of the event's hash>`."""

    id: int
    hash: str

    def __str__(self) -> str:
        return f"{self.id}.{self.hash[:_SHOWN]}"

    @classmethod
    def of(cls, event: TicketEvent) -> "Position":
        """Just after `event`."""
        return cls(event.pk, event.hash)


START = Position(0, FIRST_HASH)  # before the first event


def newest_position() -> Position:
    """The end of the log as it is now; one query."""
    return position_at(None)


def position_at(event_id: int | None) -> Position:
    """The last event up to this id (None: of all); ids may have gaps. One query."""
    events = TicketEvent.objects.order_by("-id")
    if event_id is not None:
        events = events.filter(id__lte=event_id)
    found = events.values_list("id", "hash").first()
    return Position(*found) if found else START


def known_id(after: str) -> int | None:
    """The id in what a client gives as `after`: an id, or a position, whose event must be in this log.

    None for anything else: another history, or no id at all. A query for a position, none for an id.
    """
    written = re.fullmatch(AFTER, after)
    if written is None:
        return None
    event_id, shown = int(written[1]), written[2]
    if shown is not None and str(position_at(event_id)) != f"{event_id}.{shown}":
        return None
    return event_id
