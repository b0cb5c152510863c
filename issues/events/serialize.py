"""An event as programs see it (design §7): `{id, ticket, seq, type, at, actor, visibility, data}`."""

from typing import Any

from accounts.models import Role
from issues.access import readable
from issues.actor import SYSTEM_ROLE
from issues.events.types import EVENT_TYPES
from issues.models import TicketEvent, Visibility


def event_json(event: TicketEvent, *, code: str, audience: str) -> dict[str, Any]:
    """The event with only the fields that `audience` may read. In public nobody has a personal name."""
    return {
        "id": event.pk,
        "ticket": code,
        "seq": event.seq,
        "type": event.type,
        "at": event.at.isoformat(),
        "actor": {
            "name": actor_name(event, audience=audience),
            "role": event.actor_role,
            "agency": event.actor_agency or None,
        },
        "visibility": event.visibility,
        "internal_to": event.internal_to,
        "data": event_data(event, audience=audience),
    }


def event_data(event: TicketEvent, *, audience: str) -> dict[str, Any]:
    """The data of an event without what `audience` may not read."""
    narrowed = EVENT_TYPES[event.type].narrowed_fields() if event.type in EVENT_TYPES else {}
    return {
        name: value for name, value in event.data.items() if name not in narrowed or readable(narrowed[name], audience)
    }


def actor_name(event: TicketEvent, *, audience: str) -> str:
    """The post of the person for those concerned; the agency, or nothing, for the public."""
    if event.actor_role == SYSTEM_ROLE:
        return ""
    if audience == Visibility.PUBLIC:
        return event.actor_agency if event.actor_role in (Role.OFFICER, Role.HEAD) else ""
    return event.actor_name
