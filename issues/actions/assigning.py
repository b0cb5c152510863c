"""Who is in charge inside the lead agency, after the ticket was routed."""

from typing import Any

from django.utils.translation import gettext as _

from accounts import people
from accounts.models import AGENCY_ROLES, User
from core.errors import Invalid, NotAllowed, NotPossible
from core.text import beginning
from issues import policies
from issues.access import is_filer_side
from issues.actions.fields import ADDRESS_MAX, Fields
from issues.actions.operation import Operation, operation
from issues.actor import Actor
from issues.assignment import duties
from issues.events.types import TicketReassigned, TicketSuggested
from issues.models import Ticket, TicketEvent, TicketStatus

_TYPES = (TicketReassigned.type, TicketSuggested.type)


def reassign(
    *,
    ticket: Ticket,
    actor: Actor,
    assignee: Any = None,
    reason: Any = None,
    batch: bool = False,
    expected_event: int | None = None,
) -> Ticket:
    """Put another officer of the lead agency (e-mail or id) in charge; state and clocks stay as they are.

    With `batch` the caller sends the new officer one mail for many tickets. Raises Invalid for a person who is
    in charge already, absent, or not of the agency.
    """
    with operation(ticket=ticket, actor=actor, permission="reassign", expected_event=expected_event) as op:
        policies.check_reassign(op.ticket)
        fields = Fields()
        why = fields.text("reason", reason, required=False, longest=2000)
        if assignee in (None, ""):
            fields.add("assignee", _("This field is required."))
        fields.done()
        chosen = officer_in_charge(op.ticket, assignee)
        if chosen.pk == op.ticket.assignee_id:
            raise _wrong(_("{officer} is already in charge.").format(officer=chosen))
        check_present(chosen, actor)
        _put(op, chosen, reason=why, batch=batch)
    return op.ticket


def undo_reassignment(*, ticket: Ticket, actor: Actor, event_id: int) -> Ticket:
    """Restore the officer who was in charge before that event. Only its actor may, while nothing else has happened."""
    with operation(ticket=ticket, actor=actor) as op:
        event = TicketEvent.objects.filter(pk=event_id, ticket=op.ticket, type__in=_TYPES).first()
        if event is None or event.actor_id != actor.person.user_id:
            raise NotAllowed(_("Only the person who did this can undo it."))
        policies.check_untouched(op.ticket, event_id)
        previous = event.data.get("previous_id")
        if previous is None:
            raise NotPossible(_("Nobody was in charge before."), code="nobody_before")
        _put(op, officer_in_charge(op.ticket, previous), undoes=event_id)
    return op.ticket


def _put(op: Operation, chosen: User, *, reason: str = "", batch: bool = False, undoes: int | None = None) -> None:
    before, lead = op.ticket.assignee, op.ticket.lead_agency
    op.ticket.assignee = chosen
    event_class = TicketSuggested if op.ticket.status == TicketStatus.ROUTED else TicketReassigned
    op.record(
        event_class(
            agency=lead.code if lead else "",
            assignee=str(chosen),
            previous=str(before or ""),
            previous_id=before.pk if before else None,
            reason=reason,
            batch=batch,
            undoes=undoes,
        )
    )


def officer_in_charge(ticket: Ticket, who: Any) -> User:
    """An active officer or head of the lead agency, by e-mail or id; Invalid for anybody else."""
    by_id = isinstance(who, int) and not isinstance(who, bool)
    agency_id = ticket.lead_agency_id or 0
    key = {"pk": who} if by_id else {"email": beginning(str(who), ADDRESS_MAX).strip().lower()}
    found = User.objects.filter(
        **key, is_active=True, memberships__agency_id=agency_id, memberships__role__in=AGENCY_ROLES
    ).first()
    if found is None:
        raise _wrong(_("This person is not an officer of the lead agency."))
    if is_filer_side(people.of(found), ticket.enterprise_id, ticket.filer_id):
        raise _wrong(_("This person filed the proposal or belongs to its enterprise."))
    return found


def check_present(chosen: User, actor: Actor) -> None:
    """Raise Invalid for somebody who is absent today: others cannot give them tickets. They may take one themselves."""
    if chosen.pk != actor.person.user_id and duties.is_absent_today(chosen.pk):
        raise _wrong(_("{officer} is absent today.").format(officer=chosen))


def _wrong(sentence: str) -> Invalid:
    return Invalid(_("Please correct the marked fields."), fields={"assignee": [sentence]})
