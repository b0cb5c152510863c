"""Carry out a command of the table: from the values of its fields to its action."""

from typing import Any

from django.db import transaction
from django.utils.module_loading import import_string

from issues.actions import conversation
from issues.actor import Actor
from issues.commands.command import Command, Given, Values
from issues.files.keeping import bytes_go_with_rows
from issues.models import Consultation, Extension, Ticket


def perform(
    command: Command,
    *,
    on: Ticket | Consultation | Extension,
    actor: Actor,
    values: Values,
    expected_event: Any = None,
    more: Values | None = None,
) -> Any:
    """Call the action with what the fields give; returns what it returns, raises what it raises.

    `on` is the ticket, or the part that the command is about. `more` are keywords besides. Files are attached after.
    """
    ticket = on if isinstance(on, Ticket) else on.ticket
    arguments = {**command.arguments_of(Given(values, actor, ticket)), **(more or {})}
    if command.compares_events:
        arguments["expected_event"] = expected_event
    action = import_string(f"issues.actions.{command.action}")
    uploads = values.get("uploads") or ()
    if not uploads:
        return action(actor=actor, **{command.part or "ticket": on}, **arguments)
    readers = {name: arguments[name] for name in ("visibility", "internal_to") if name in arguments}
    # Words and files belong together: a file that is refused undoes the text too.
    with bytes_go_with_rows(), transaction.atomic():
        done = action(actor=actor, **{command.part or "ticket": on}, **arguments)
        for upload in uploads:
            conversation.attach(ticket=ticket, actor=actor, upload=upload, **readers)
    return done
