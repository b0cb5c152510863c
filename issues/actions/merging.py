"""Merging: a duplicate becomes part of another ticket, and its people get that ticket's answer."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import Invalid, NotAllowed
from issues import policies, rules
from issues.actions.ending import end_open_work
from issues.actions.fields import Fields
from issues.actions.operation import Operation, check_actor, lock_ticket, operation
from issues.actor import Actor
from issues.events.types import TicketAbsorbed, TicketMerged
from issues.models import Consultation, Party, Ticket


def merge(*, ticket: Ticket, actor: Actor, into: Any = None, expected_event: int | None = None) -> Ticket:
    """Merge a duplicate into another ticket; its people get that ticket's answer, and it never escalates again.

    Both rows are locked in the order of their ids, so that two simultaneous merges cannot wait for each other.
    """
    check_actor(ticket, actor, "merge")
    policies.check_open(ticket)
    fields = Fields()
    code = fields.text("into", into, longest=40)
    fields.done()
    target = Ticket.objects.filter(code=code).first()
    if target is None or not rules.may(actor.user, "see", target):
        raise Invalid(_("Please correct the marked fields."), fields={"into": [_("There is no such ticket.")]})
    with transaction.atomic():
        earlier = Ticket.objects.filter(merged_into=ticket).values_list("pk", flat=True)
        for pk in sorted({ticket.pk, target.pk, *earlier}):
            lock_ticket(pk)
        return _merge_locked(ticket=ticket, actor=actor, into=target, expected_event=expected_event)


def _merge_locked(*, ticket: Ticket, actor: Actor, into: Ticket, expected_event: int | None) -> Ticket:
    with operation(ticket=ticket, actor=actor, permission="merge", expected_event=expected_event) as op:
        other = lock_ticket(into.pk)
        if not rules.may(actor.user, "merge", other):
            raise NotAllowed(_("Only a coordinator or the agency that leads both tickets can merge them."))
        policies.check_merge(op.ticket, other)
        op.ticket.merge()
        op.ticket.merged_into, op.ticket.closed_at = other, op.at
        end_open_work(op, Consultation.Cause.MERGED)
        _join(other, op.ticket.enterprise_id, op.ticket.filer, op.at)
        _take_along(op, other)
        op.record(TicketMerged(into=other.code or ""))
        op.record(TicketAbsorbed(ticket=op.ticket.code or ""), ticket=other)
    return op.ticket


def _take_along(op: Operation, other: Ticket) -> None:
    """Enterprises that had joined the merged ticket, or were merged into it, get its answer; each is recorded."""
    for party in op.ticket.parties.select_related("joined_by"):
        _join(other, party.enterprise_id, party.joined_by, party.joined_at)
    for earlier in op.ticket.merged_tickets.all():
        earlier.merged_into = other
        earlier.save(update_fields=["merged_into"])
        op.record(TicketMerged(into=other.code or ""), ticket=earlier)


def _join(ticket: Ticket, enterprise_id: int | None, person: User, at: datetime) -> None:
    """Let an enterprise, or a person alone, get the answer of the ticket; nothing where it is theirs."""
    if enterprise_id is not None:
        if enterprise_id != ticket.enterprise_id:
            defaults = {"joined_by": person, "joined_at": at}
            Party.objects.get_or_create(ticket=ticket, enterprise_id=enterprise_id, defaults=defaults)
    elif ticket.enterprise_id is not None or ticket.filer_id != person.pk:
        Party.objects.get_or_create(ticket=ticket, enterprise_id=None, joined_by=person, defaults={"joined_at": at})
