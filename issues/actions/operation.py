"""The frame of every business operation on a ticket: lock, check permission and state, change, save, record.

One transaction. Events are written as its last step (see events.record), in the order in which they were recorded.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Agency
from core import clock
from core.errors import Invalid, NotAllowed, NotPossible, NotSignedIn, NotVisible
from issues import rules
from issues.access import visible_events
from issues.actor import Actor
from issues.commands.table import HOLDER_MAY, TRANSITIONS
from issues.events.event_data import EventData
from issues.events.record import Entry, record_events
from issues.models import Ticket, TicketEvent


class Operation:
    """A running operation: the locked ticket, the actor, one instant, and the events to be written."""

    def __init__(self, ticket: Ticket, actor: Actor, at: datetime) -> None:
        self.ticket, self.actor, self.at = ticket, actor, at
        self.entries: list[Entry] = []

    def record(self, data: EventData, *, ticket: Ticket | None = None, internal_to: str | None = None) -> None:
        """Remember an event; it is written when the operation ends. `internal_to`: limited to this one agency."""
        self.entries.append((ticket or self.ticket, data, internal_to))

    def finish(self) -> None:
        """Save the ticket and write the events."""
        self.ticket.save()
        self.write_events()

    def write_events(self, *, coordinating: Mapping[int, Sequence[Agency]] | None = None) -> list[TicketEvent]:
        """Write the recorded events of a ticket that is saved already; see `record_events`."""
        return record_events(self.entries, actor=self.actor, at=self.at, coordinating=coordinating)


@contextmanager
def operation(
    *,
    ticket: Ticket,
    actor: Actor,
    permission: str | None = None,
    transition: str | None = None,
    expected_event: Any = None,
) -> Iterator[Operation]:
    """Lock the ticket and run the block in one transaction.

    `permission` defaults to the transition's name. Raises NotSignedIn, NotVisible, NotAllowed, NotPossible, Invalid
    (an `expected_event` that is no event's id), in this order, before the block runs; the block itself may raise
    Invalid or NotPossible. Nothing is kept then.
    """
    if isinstance(expected_event, float) and expected_event.is_integer():
        expected_event = int(expected_event)  # JSON has one kind of number: 7.0 is 7
    with transaction.atomic():
        locked = lock_ticket(ticket.pk)
        check_actor(locked, actor, permission or transition)
        at = clock.now()
        if _is_event_id(expected_event):
            _check_expected(locked, actor, expected_event)
        if transition is not None:
            TRANSITIONS[transition].check(locked)
        if expected_event is not None and not _is_event_id(expected_event):
            sentence = _("This must be the number of an event.")
            raise Invalid(_("Please correct the marked fields."), fields={"expected_event": [sentence]})
        running = Operation(locked, actor, at)
        yield running
        running.finish()


def lock_ticket(pk: int) -> Ticket:
    """Fetch the ticket again and lock its row until the transaction ends.

    A fresh object each time: refreshing a protected state field is not safe between threads.
    """
    try:
        return (
            Ticket.objects.select_for_update(of=("self",))
            .select_related("lead_agency", "enterprise", "assignee", "ward", "project__contact_agency", "filer")
            .get(pk=pk)
        )
    except Ticket.DoesNotExist:
        raise NotVisible(_("There is no such ticket.")) from None


def check_actor(ticket: Ticket, actor: Actor, permission: str | None) -> None:
    """Raise NotSignedIn, NotVisible or NotAllowed unless the actor may do this, the ticket's state apart."""
    if actor.is_system:
        return
    if actor.receipt_of == ticket.pk and permission in HOLDER_MAY:
        return
    if not actor.person.is_signed_in:
        raise NotSignedIn(_("Please sign in first."))
    if not rules.may(actor.user, "see", ticket):
        raise NotVisible(_("There is no such ticket."))
    if permission is not None and not rules.may(actor.user, permission, ticket):
        raise NotAllowed(_("You can see this ticket but not do this."))


def _is_event_id(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**63


def _check_expected(ticket: Ticket, actor: Actor, expected_event: int) -> None:
    """Raise NotPossible when something that the person can see has happened since they opened the page."""
    seen_all = expected_event <= ticket.last_event_id and (
        not visible_events(actor.person, ticket).filter(id__gt=expected_event).exists()
    )
    if not seen_all:
        raise NotPossible(
            _("Something has changed since you opened the page. Check what is new and try again. Your text was kept."),
            code="out_of_date",
            last_event_id=ticket.last_event_id,
        )
