"""What the enterprise does after filing: answer questions, confirm, reopen, withdraw, rate, join."""

from typing import Any

from django.utils.translation import gettext as _

from core.errors import NotAllowed, NotPossible, NotSignedIn
from issues import policies
from issues.actions.ending import end_open_work
from issues.actions.fields import Fields
from issues.actions.operation import check_actor, operation
from issues.actor import SYSTEM, Actor
from issues.clocks import clocks
from issues.events.types import (
    TicketClosedUnconfirmed,
    TicketConfirmed,
    TicketDisputed,
    TicketInfoProvided,
    TicketJoined,
    TicketRated,
    TicketReopened,
    TicketWithdrawn,
)
from issues.models import ClockKind, Consultation, Party, Rating, Ticket

COMMENT_MAX = 2_000


def submit(*, ticket: Ticket, actor: Actor, expected_event: int | None = None) -> Ticket:
    """A ticket that has a code was submitted when it was filed (issues.actions.filing): this refuses and says why."""
    with operation(ticket=ticket, actor=actor, transition="submit", expected_event=expected_event) as op:
        return op.ticket


def provide_info(
    *, ticket: Ticket, actor: Actor, text: Any = None, rest: str = "", expected_event: int | None = None
) -> Ticket:
    """Answer the agency's question; the clock continues with the working time that was left.

    Answered within the grace, it continues as if it had not been paused.
    `rest`: of a mail, what is not the person's text (issues.mail.inbound.rest).
    """
    with operation(ticket=ticket, actor=actor, transition="provide_info", expected_event=expected_event) as op:
        fields = Fields()
        words = fields.text("text", text)
        fields.done()
        op.ticket.provide_info()
        resolution = clocks.running(op.ticket, ClockKind.RESOLUTION)
        paused, short = 0, False
        if resolution is not None and resolution.is_paused:
            paused = int(clocks.resume(resolution, op.ticket, op.at).total_seconds() // 60)
            short = resolution.WITHIN_GRACE in resolution.pauses[-1]
        op.record(
            TicketInfoProvided(
                text=words, rest=rest, due_at=op.ticket.due_at or op.at, paused_minutes=paused, within_grace=short
            )
        )
    return op.ticket


def confirm(*, ticket: Ticket, actor: Actor, expected_event: int | None = None) -> Ticket:
    """Confirm that the answer solves the problem; the ticket is closed."""
    with operation(ticket=ticket, actor=actor, transition="confirm", expected_event=expected_event) as op:
        op.ticket.confirm()
        op.ticket.confirmed, op.ticket.disputed_at, op.ticket.closed_at = True, None, op.at
        op.record(TicketConfirmed())
    return op.ticket


def close_unconfirmed(*, ticket: Ticket, actor: Actor = SYSTEM, expected_event: int | None = None) -> Ticket:
    """Close a ticket without a reaction to its answer, counted as unconfirmed. Only the system does this."""
    with operation(ticket=ticket, actor=actor, transition="close_unconfirmed", expected_event=expected_event) as op:
        op.ticket.close_unconfirmed()
        op.ticket.confirmed, op.ticket.closed_at = False, op.at
        op.record(TicketClosedUnconfirmed())
    return op.ticket


def dispute(*, ticket: Ticket, actor: Actor) -> Ticket:
    """The enterprise reacted to the answer without confirming it: silence does not close it, it can be reopened."""
    with operation(ticket=ticket, actor=actor, permission="reopen") as op:
        policies.check_state(op.ticket, "confirm")
        if op.ticket.disputed_at is None:
            op.ticket.disputed_at = op.at
            op.record(TicketDisputed(cycle=op.ticket.cycle))
    return op.ticket


def reopen(
    *,
    ticket: Ticket,
    actor: Actor,
    reason: Any = None,
    expected_event: int | None = None,
    cycle: int | None = None,
) -> Ticket:
    """The answer did not help: a new cycle with a clock of its own, for the same agency.

    `cycle`: the one whose answer is meant, where that may be an earlier one (a link in a mail).
    """
    with operation(ticket=ticket, actor=actor, transition="reopen", expected_event=expected_event) as op:
        ticket = op.ticket
        if cycle is not None and ticket.cycle != cycle:
            raise NotPossible(_("The proposal was reopened after this answer."), code="other_cycle")
        fields = Fields()
        why = fields.text("reason", reason)
        fields.done()
        ticket.reopen()
        ticket.cycle += 1
        ticket.reopens += 1
        ticket.closed_at, ticket.confirmed, ticket.disputed_at, ticket.escalation_level = None, None, None, 0
        row = clocks.start(ticket=ticket, kind=ClockKind.RESOLUTION, at=op.at)
        clocks.start(ticket=ticket, kind=ClockKind.RESPONSE, at=op.at)
        op.record(TicketReopened(reason=why, cycle=ticket.cycle, due_at=row.due_at or op.at))
    return ticket


def withdraw(*, ticket: Ticket, actor: Actor, reason: Any = None, expected_event: int | None = None) -> Ticket:
    """Take the proposal back; every clock ends and open consultations are cancelled."""
    with operation(ticket=ticket, actor=actor, transition="withdraw", expected_event=expected_event) as op:
        fields = Fields()
        why = fields.text("reason", reason, required=False)
        fields.done()
        op.ticket.withdraw()
        end_open_work(op, Consultation.Cause.WITHDRAWN)
        op.ticket.closed_at = op.at
        op.record(TicketWithdrawn(reason=why))
    return op.ticket


def rate(
    *, ticket: Ticket, actor: Actor, score: Any = None, comment: Any = None, expected_event: int | None = None
) -> Rating:
    """Rate the answer of this cycle, 1 (bad) to 5 (good)."""
    with operation(ticket=ticket, actor=actor, permission="rate", expected_event=expected_event) as op:
        policies.check_rating(op.ticket)
        fields = Fields()
        number = fields.whole_number("score", score, lowest=1, highest=5)
        words = fields.text("comment", comment, required=False, longest=COMMENT_MAX)
        fields.done()
        rating = Rating.objects.create(
            ticket=op.ticket, cycle=op.ticket.cycle, score=number, comment=words, author=actor.user, created_at=op.at
        )
        op.record(TicketRated(score=number, comment=words, cycle=op.ticket.cycle))
    return rating


def join(*, ticket: Ticket, actor: Actor) -> Party:
    """“Same for me”: another enterprise gets the one answer. Only where the public summary may be seen."""
    if not actor.person.is_signed_in:
        raise NotSignedIn(_("Please sign in first."))
    if not ticket.is_published:
        check_actor(ticket, actor, None)
    if not actor.person.enterprise_ids:
        raise NotAllowed(_("Only a member of an enterprise can say that it has the same problem."))
    enterprise_id = min(actor.person.enterprise_ids - {ticket.enterprise_id}, default=None)
    if enterprise_id is None:
        raise NotPossible(_("This is your own enterprise’s ticket."), code="own_ticket")
    if not ticket.is_published:
        raise NotPossible(_("Only what is published can be joined."), code="not_published")
    with operation(ticket=ticket, actor=SYSTEM) as op:
        party, created = Party.objects.get_or_create(
            ticket=op.ticket,
            enterprise_id=enterprise_id,
            defaults={"joined_by": actor.user, "joined_at": op.at},
        )
        if created:
            op.record(TicketJoined(enterprise=str(party.enterprise), parties=op.ticket.parties.count()))
    return party
