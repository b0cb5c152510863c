"""What the lead agency does: accept, ask, return, answer."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from issues.actions.assigning import check_present, officer_in_charge
from issues.actions.ending import end_consultations
from issues.actions.fields import Fields
from issues.actions.operation import Operation, operation
from issues.actor import Actor
from issues.clocks import clocks
from issues.events.types import TicketAccepted, TicketInfoRequested, TicketResolved, TicketReturned
from issues.models import ClockKind, Consultation, ResolutionKind, Ticket
from issues.policies import RETURNS_BEFORE_COORDINATOR


def accept(*, ticket: Ticket, actor: Actor, assignee: Any = None, expected_event: int | None = None) -> Ticket:
    """The lead agency accepts the ticket; `assignee` (e-mail or id) defaults to the actor."""
    with operation(ticket=ticket, actor=actor, transition="accept", expected_event=expected_event) as op:
        chosen = actor.user if assignee in (None, "") else officer_in_charge(op.ticket, assignee)
        if chosen is not None:
            check_present(chosen, actor)
        take_on(op, chosen)
    return op.ticket


def take_on(op: Operation, assignee: User | None) -> None:
    """The step of accepting, inside an operation that has asked who may."""
    ticket = op.ticket
    ticket.assignee = assignee
    ticket.accept()
    _finish(op, ClockKind.ACCEPTANCE)
    agency = ticket.lead_agency
    op.record(TicketAccepted(agency=agency.code if agency else "", assignee=str(assignee or "")))


def request_info(*, ticket: Ticket, actor: Actor, question: Any = None, expected_event: int | None = None) -> Ticket:
    """Ask the enterprise; the resolution clock is paused until it answers."""
    with operation(ticket=ticket, actor=actor, transition="request_info", expected_event=expected_event) as op:
        fields = Fields()
        text = fields.text("question", question)
        fields.done()
        op.ticket.request_info()
        old_due = op.ticket.due_at
        left = 0
        resolution = clocks.running(op.ticket, ClockKind.RESOLUTION)
        if resolution is not None:
            left = int(clocks.pause(resolution, op.ticket, op.at).total_seconds() // 60)
        _finish(op, ClockKind.RESPONSE)
        op.record(TicketInfoRequested(question=text, old_due_at=old_due, left_minutes=left))
    return op.ticket


def return_ticket(
    *,
    ticket: Ticket,
    actor: Actor,
    agency: Any = None,
    legal_basis: Any = None,
    reason: Any = None,
    expected_event: int | None = None,
) -> Ticket:
    """Hand the ticket back, naming the right agency and the law. After the second return the coordinator decides.

    Open consultations are cancelled: the next lead agency asks its own questions.
    """
    with operation(ticket=ticket, actor=actor, transition="return", expected_event=expected_event) as op:
        ticket = op.ticket
        fields = Fields()
        right = fields.agency("agency", agency)
        basis = fields.text("legal_basis", legal_basis)
        why = fields.text("reason", reason, required=False)
        if right is not None and right.pk == ticket.lead_agency_id:
            fields.add("agency", _("Choose an agency other than your own."))
        fields.done()
        sender = ticket.lead_agency
        ticket.send_back()
        ticket.returns += 1
        ticket.assignee = None
        end_consultations(op, Consultation.Cause.RETURNED)
        acceptance = clocks.running(ticket, ClockKind.ACCEPTANCE)
        if acceptance is not None:
            clocks.stop(acceptance, op.at)
        op.record(
            TicketReturned(
                from_agency=sender.code if sender else "",
                agency=right.code if right else "",
                legal_basis=basis,
                reason=why,
                returns=ticket.returns,
            )
        )
    return ticket


def needs_coordinator(ticket: Ticket) -> bool:
    """After two returns nobody but the coordinator routes, and the next lead agency keeps the ticket."""
    return ticket.returns >= RETURNS_BEFORE_COORDINATOR


def resolve(
    *, ticket: Ticket, actor: Actor, answer: Any = None, kind: Any = None, expected_event: int | None = None
) -> Ticket:
    """Answer the ticket; the resolution clock ends, in time or late."""
    with operation(ticket=ticket, actor=actor, transition="resolve", expected_event=expected_event) as op:
        ticket = op.ticket
        fields = Fields()
        text = fields.text("answer", answer)
        outcome = fields.choice("kind", kind, ResolutionKind.values)
        fields.done()
        give_answer(op, text, outcome)
    return ticket


def give_answer(op: Operation, text: str, outcome: str, *, said_by: str = "") -> None:
    """The step of answering, inside an operation that has asked who may; `said_by` on the spot, in a meeting."""
    ticket = op.ticket
    resolution = clocks.running(ticket, ClockKind.RESOLUTION)
    used = int(clocks.used_at(resolution, op.at).total_seconds() // 60) if resolution else 0
    ticket.resolve()
    ticket.answer, ticket.resolution_kind, ticket.resolved_at = text, outcome, op.at
    ticket.confirmed, ticket.disputed_at = None, None
    in_time = _finish(op, ClockKind.RESOLUTION)
    _finish(op, ClockKind.RESPONSE)
    op.record(
        TicketResolved(
            agency=ticket.lead_agency.code if ticket.lead_agency else "",
            kind=outcome,
            answer=text,
            said_by=said_by,
            used_minutes=used,
            in_time=in_time,
            cycle=ticket.cycle,
        )
    )


def _finish(op: Operation, kind: ClockKind) -> bool:
    """End a running clock with its outcome; True where there was none."""
    row = clocks.running(op.ticket, kind)
    return clocks.finish(row, op.at) if row is not None else True
