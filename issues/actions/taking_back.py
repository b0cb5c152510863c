"""Taking back what one has just written or asked, as long as nobody has reacted. The log keeps both."""

from django.utils.translation import gettext as _

from core.errors import NotVisible
from issues import policies
from issues.actions.ending import cancel
from issues.actions.operation import Operation, operation
from issues.actor import Actor
from issues.events.types import MessageTakenBack, NoteTakenBack
from issues.models import Consultation, Message, Ticket, TicketEvent, Visibility


def take_back_words(*, ticket: Ticket, actor: Actor, event_id: int) -> Message:
    """Take back one's own message or note: pages no longer show the words, mails that wait are not sent.

    Raises NotVisible for what one has not written, NotPossible when it is too late.
    """
    with operation(ticket=ticket, actor=actor) as op:
        event = _own_event(op, event_id, "message.posted", "note.posted")
        message = Message.objects.get(pk=event.data["message"])
        policies.check_untouched(op.ticket, event_id)
        policies.check_no_promise_kept(message)
        message.taken_back_at = op.at
        message.save(update_fields=["taken_back_at"])
        told = NoteTakenBack if message.visibility == Visibility.INTERNAL else MessageTakenBack
        op.record(told(message=message.pk), internal_to=event.internal_to)
    return message


def take_back_questions(*, ticket: Ticket, actor: Actor, event_id: int) -> list[Consultation]:
    """Take back the opinions that one has just asked for, all that were asked together; each agency is told."""
    with operation(ticket=ticket, actor=actor, permission="cancel_consultation") as op:
        event = _own_event(op, event_id, "consultation.requested")
        policies.check_untouched(op.ticket, event_id)
        asked = list(op.ticket.consultations.select_related("agency", "clock").filter(asked_at=event.at))
        for consultation in asked:
            policies.check_consultation(consultation)
            cancel(op, consultation, cause=Consultation.Cause.TAKEN_BACK)
    return asked


def _own_event(op: Operation, event_id: int, *types: str) -> TicketEvent:
    found = TicketEvent.objects.filter(ticket=op.ticket, pk=event_id, type__in=types, actor=op.actor.user).first()
    if found is None:
        raise NotVisible(_("There is nothing of yours to take back."))
    return found
