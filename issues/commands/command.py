"""What a command is: one declaration, from which the page, the HTTP interface and the documents derive theirs.

A declaration is data. It writes nothing: `action` names the function of `issues.actions` that does, and that function
checks again who may and when.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from rules import Predicate

from accounts.people import Person
from core.errors import NotPossible
from issues import policies
from issues.actor import Actor
from issues.commands.fields import Field, Files
from issues.models import Ticket

Words = str | Promise
Values = Mapping[str, Any]
FORM = "issues/ticket/tool.html"  # the fields and the button
PANEL = "issues/ticket/panels/single.html"


@dataclass(frozen=True)
class Given:
    """What a command was given: the values of its fields, by whom, for which ticket."""

    values: Values
    actor: Actor
    ticket: Ticket


@dataclass(frozen=True)
class Undo:
    """How a command can be undone: the kind of `issues.web.undo`, and from the outcome of the action the ticket as it
    was left; None where this time it cannot be undone."""

    kind: str
    of: Callable[[Any, Values], Ticket | None] = lambda outcome, values: outcome


@dataclass(frozen=True, kw_only=True)
class Bulk:
    """The same command for many tickets together. `fields` hold for all of them.

    `look` finds, before anything is done, what the values mean for each ticket: reasons to leave it out, by its id.
    """

    label: Words
    fields: tuple[Field, ...]
    offered_to: Callable[[Person], bool]
    look: Callable[[list[Ticket], Values], dict[int, str]] = lambda tickets, values: {}
    more: Values | None = None  # further arguments of the action


@dataclass(frozen=True, kw_only=True)
class Command:
    """One thing that can be done to a ticket. `name` is its name in addresses and in the contract."""

    name: str
    action: str  # module and function in issues.actions: this room lies below them
    who: Predicate
    right: str = ""  # the name of its permission, where that is not the command's
    step: str = ""  # the method of the state machine; with one it is a transition of the HTTP contract
    when: Callable[[Ticket], None] | None = None  # raises NotPossible; the state machine is asked before
    when_words: str = ""  # the same for the generated documents
    by_system: bool = False  # the system does it too
    by_receipt: bool = False  # possible without an account, with the follow-up code of an assisted ticket
    part: str = ""  # done to a part of the ticket: "consultation" or "extension"

    fields: tuple[Field, ...] = ()
    arguments: Callable[[Given], dict[str, Any]] | None = None  # of the action, where fields do not map one to one
    compares_events: bool = True  # refused when something has happened that the person has not seen yet

    label: Words = ""  # of its tab
    button: Words = ""
    done: Words = ""
    say: Callable[[Any], str] | None = None  # what to say of the outcome, where `done` is not enough
    template: str = FORM
    officer_tab: int = 0  # its place on the desk of an officer; 0: not there
    enterprise_tab: int = 0  # its place on the page of the enterprise
    panel: str = PANEL  # the panel that shows it, perhaps with others; empty: it is elsewhere on the page
    final: bool = False  # cannot be taken back: its tab never opens by itself
    hotkey: str = ""
    takes_replies: bool = False  # saved replies help with it
    prefilled: Callable[[Ticket], dict[str, Any]] = lambda ticket: {}
    undo: Undo | None = None
    bulk: Bulk | None = None

    @property
    def permission(self) -> str:
        """As `issues.rules.may` and the frame of every action call it."""
        return self.right or self.name

    @property
    def has_files(self) -> bool:
        return any(isinstance(field, Files) for field in self.fields)

    def check(self, ticket: Ticket) -> None:
        """Raise NotPossible unless it is possible now, for any person."""
        if self.step:
            policies.check_state(ticket, self.step)
        if self.when is not None:
            self.when(ticket)

    def is_possible(self, ticket: Ticket) -> bool:
        """Whether it is possible now, for any person. Lists ask this often, so the state is checked first."""
        if self.step and not policies.starts_from(ticket, self.step):
            return False
        try:
            self.check(ticket)
        except NotPossible:
            return False
        return True

    def arguments_of(self, given: Given) -> dict[str, Any]:
        """The keywords of the action, from the values of the fields. Files are attached apart."""
        if self.arguments is not None:
            return self.arguments(given)
        return {field.argument: given.values.get(field.name) for field in self.fields if not isinstance(field, Files)}
