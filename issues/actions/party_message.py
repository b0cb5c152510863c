"""Words of an enterprise whose proposal was merged: they reach the agencies that answer for both.

Its own ticket is over, and the other one belongs to another enterprise: so they stand there as a note of the agencies,
which that enterprise does not read.
"""

from django.utils.translation import gettext as _

from issues import policies
from issues.actions.fields import Fields
from issues.actions.operation import check_actor, operation
from issues.actor import SYSTEM, Actor
from issues.events.types import PartyMessagePosted
from issues.models import Message, Ticket, Visibility


def pass_on(*, ticket: Ticket, into: Ticket, actor: Actor, text: str, rest: str = "") -> Message:
    """Put what `actor` writes about the merged `ticket` to the one that it was merged `into`.

    `rest`: of the mail, what is not the person's text.
    Raises NotVisible, NotAllowed (the actor is not of its enterprise), NotPossible (`into` is over), Invalid.
    """
    check_actor(ticket, actor, "post_message")
    with operation(ticket=into, actor=SYSTEM) as op:
        policies.check_not_over(op.ticket)
        fields = Fields()
        body = fields.text("body", text)
        fields.done()
        message = Message.objects.create(
            ticket=op.ticket, author=actor.user, body=body, visibility=Visibility.INTERNAL, created_at=op.at
        )
        enterprise = ticket.enterprise.name if ticket.enterprise else _("The enterprise")
        code = ticket.code or ""
        op.record(PartyMessagePosted(message=message.pk, ticket=code, enterprise=enterprise, body=body, rest=rest))
    return message
