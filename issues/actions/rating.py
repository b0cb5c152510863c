"""Rating an answer by the link in its mail: given once, and open to change until the proposal is closed."""

from typing import Any

from django.utils.translation import gettext as _

from core.errors import NotPossible
from issues import policies
from issues.actions.enterprise import COMMENT_MAX
from issues.actions.fields import Fields
from issues.actions.operation import operation
from issues.actor import Actor
from issues.events.types import TicketRated
from issues.models import Rating, Ticket


def rate_by_link(
    *, ticket: Ticket, actor: Actor, cycle: int, score: Any = None, comment: Any = None, only_first: bool = False
) -> Rating:
    """Rate the answer of `cycle`, or change its rating. `comment` None keeps the one there is.

    `only_first`: sent by the page itself, so an answer that has a rating keeps it. Raises NotPossible when the
    proposal was reopened since, or is closed with another rating; Invalid for a wrong field.
    """
    with operation(ticket=ticket, actor=actor, permission="rate") as op:
        if op.ticket.cycle != cycle:
            raise NotPossible(_("The proposal was reopened after this answer."), code="other_cycle")
        rating = op.ticket.ratings.filter(cycle=cycle).first()
        if rating is not None and only_first:
            return rating
        fields = Fields()
        number = fields.whole_number("score", score, lowest=1, highest=5)
        words = fields.text("comment", comment, required=False, longest=COMMENT_MAX)
        fields.done()
        if rating is None:
            policies.check_rating(op.ticket)
            rating = Rating(ticket=op.ticket, cycle=cycle, created_at=op.at)
        words = rating.comment if comment is None else words
        if rating.pk and (rating.score, rating.comment) == (number, words):
            return rating
        if rating.pk:
            policies.check_rating_change(op.ticket)
        rating.score, rating.comment, rating.author = number, words, actor.user
        rating.save()
        op.record(TicketRated(score=number, comment=words, cycle=cycle))
    return rating
