"""Short words for what the tests of actions do over and over."""

from collections.abc import Callable
from typing import Any

from accounts.models import User
from core import clock
from issues.actor import Actor
from issues.models import Ticket, TicketEvent
from tests.issues.conftest import at


def do(moment: str, action: Callable[..., Any], user: User, **fields: Any) -> Any:
    """Run an action as somebody at a moment of 18 November 2026 (or another day)."""
    when = at(moment if "-" in moment else f"2026-11-18 {moment}")
    with clock.at(when):
        return action(actor=Actor.of(user), **fields)


def types(ticket: Ticket) -> list[str]:
    """The types of the ticket's events, in order."""
    return list(TicketEvent.objects.filter(ticket=ticket).values_list("type", flat=True))
