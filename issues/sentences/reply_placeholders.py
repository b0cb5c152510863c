"""Placeholders of saved replies: `{code}`, `{title}`, `{enterprise}`, `{due}`, filled with one ticket's facts."""

import re

from core import wording
from issues.models import Ticket

PLACEHOLDERS = ("code", "title", "enterprise", "due")
_BRACES = re.compile(r"\{([^{}\n]{0,40})\}")


def unknown_placeholders(text: str) -> list[str]:
    """Text in braces that is no placeholder, as it is written, each once."""
    found = [match[0] for match in _BRACES.finditer(text) if match[1] not in PLACEHOLDERS]
    return list(dict.fromkeys(found))


def filled(text: str, ticket: Ticket, *, hours: str = "24") -> str:
    """The text for this ticket, its due time with date and zone: what is sent is read on another day.

    A due time that is not known now (the clock is paused) reads as not known.
    """
    facts = {
        "code": ticket.code or "",
        "title": ticket.title,
        "enterprise": ticket.enterprise.name if ticket.enterprise else "",
        "due": wording.dated_moment(ticket.due_at, clock=hours) or wording.blank(),
    }
    return _BRACES.sub(lambda match: facts.get(match[1], match[0]), text)
