"""Whether a command is offered on a ticket's page, and why it has to wait. The actions check again."""

from dataclasses import dataclass
from typing import Any

from core.errors import NotPossible
from issues import rules
from issues.commands.command import Command
from issues.models import Ticket

# Refusals that waiting does not change.
HIDING = ("wrong_state", "nothing_proposed", "no_consent", "complex_already", "complex_no_gain")


@dataclass(frozen=True)
class Availability:
    """Whether a command is offered; `reason` says why it has to wait."""

    offered: bool
    reason: str = ""

    @property
    def now(self) -> bool:
        return self.offered and not self.reason


def availability(command: Command, ticket: Ticket, user: Any) -> Availability:
    """Hidden from those who may not; shown with the reason where it will be possible later."""
    if not rules.may(user, command.permission, ticket):
        return Availability(offered=False)
    try:
        command.check(ticket)
    except NotPossible as error:
        return Availability(offered=error.code not in HIDING, reason=error.message)
    return Availability(offered=True)
