"""Taking back a message or question just sent, as long as nobody has reacted. The log keeps both events."""

from django.utils.translation import gettext as _

from core.errors import NotVisible
from issues import policies
from issues.actions.ending import cancel
from issues.actions.operation import Operation, operation
from issues.actor import Actor
from issues.events.types import MessageTakenBack, NoteTakenBack
from issues.models import Consultation, Message, Ticket, TicketEvent, Visibility


def take_back_words(*, ticket: Ticket, actor: Actor, event_id: int) -> Message:
    """Take back the actor's own message or note: pages hide its text, waiting mails are not sent.

    Raises NotVisible for a message of somebody else, NotPossible when it is too late.
    """
    with operation(ticket=ticket, actor=actor) as op:
        event = _own_event(op, event_id, "message.posted", "note.posted")
        message = Message.objects.get(pk=event.data["message"])
        policies.check_untouched(op.ticket, event_id)
        policies.check_no_promise_kept(message)
        message.taken_back_at = op.at
        message.save(update_fields=["taken_back_at"])
        event_class = NoteTakenBack if message.visibility == Visibility.INTERNAL else MessageTakenBack
        op.record(event_class(message=message.pk), internal_to=event.internal_to)
    return message


def take_back_questions(*, ticket: Ticket, actor: Actor, event_id: int) -> list[Consultation]:
    """Take back the consultations that the actor just asked for, all of one request; each agency is notified."""
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
