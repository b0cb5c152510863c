"""All commands, by name. What is declared here is what the page offers, the HTTP interface takes and documents show."""

from collections.abc import Mapping
from typing import Any

from issues import policies, rules
from issues.commands import assigning_commands, closing_commands, working_commands, writing_commands
from issues.commands.command import Command
from issues.models import Ticket

_TABLE = (
    *assigning_commands.TABLE,
    *working_commands.TABLE,
    *closing_commands.TABLE,
    *writing_commands.TABLE,
)
COMMANDS: Mapping[str, Command] = {command.name: command for command in _TABLE}
# The transitions of the HTTP contract, in its order.
TRANSITIONS: Mapping[str, Command] = {command.name: command for command in _TABLE if command.step}
# What the follow-up code of an assisted ticket allows without an account, by the names of permissions.
HOLDER_MAY = frozenset(command.permission for command in _TABLE if command.by_receipt)

for _command in _TABLE:
    rules.allow(_command.permission, _command.who)


def available_transitions(ticket: Ticket, user: Any) -> list[str]:
    """What this person may do to the ticket now, in the order of the contract; cheap checks first."""
    return [
        name
        for name, command in TRANSITIONS.items()
        if policies.starts_from(ticket, command.step) and rules.may(user, name, ticket) and command.is_possible(ticket)
    ]
