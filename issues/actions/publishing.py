"""Publishing an answer: the filer agrees, one officer writes the public summary, a second person checks it."""

from typing import Any

from django.utils.translation import gettext as _

from core.errors import NotAllowed, NotPossible
from issues import policies
from issues.actions.fields import Fields
from issues.actions.operation import operation
from issues.actor import Actor
from issues.events.types import TicketPublicationProposed, TicketPublished
from issues.models import TITLE_MAX, Ticket


def propose_publication(*, ticket: Ticket, actor: Actor, title: Any = None, answer: Any = None) -> Ticket:
    """Propose the public summary, without names and business secrets. A second person must check it."""
    with operation(ticket=ticket, actor=actor, permission="propose_publication") as op:
        policies.check_publishable(op.ticket)
        fields = Fields()
        op.ticket.public_title = fields.text("title", title, longest=TITLE_MAX)
        op.ticket.public_answer = fields.text("answer", answer)
        fields.done()
        op.ticket.public_proposed_by = actor.user
        op.ticket.published_at = op.ticket.published_by = None
        op.record(TicketPublicationProposed(title=op.ticket.public_title, answer=op.ticket.public_answer))
    return op.ticket


def publish(*, ticket: Ticket, actor: Actor) -> Ticket:
    """Approve the public summary. The person who wrote it cannot."""
    with operation(ticket=ticket, actor=actor, permission="publish") as op:
        policies.check_publishable(op.ticket)
        if op.ticket.public_proposed_by_id is None:
            raise NotPossible(_("Nobody has written the public words yet."), code="nothing_proposed")
        if op.ticket.public_proposed_by_id == actor.person.user_id:
            raise NotAllowed(_("A second person must check what you wrote."))
        op.ticket.published_at, op.ticket.published_by = op.at, actor.user
        op.record(TicketPublished(title=op.ticket.public_title, answer=op.ticket.public_answer))
    return op.ticket
