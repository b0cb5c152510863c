"""The consumer that tells the contact person of an assisted proposal by mail: they may have no account."""

from core import clock
from issues.events.consumers import Consumer
from issues.models import Assistance, ContactNotice, TicketEvent
from issues.notifications.mail import MAILED_WITHIN

# What a person without an account needs: the receipt, what is asked of them, and how it ends.
TOLD = (
    "ticket.submitted",
    "ticket.info_requested",
    "ticket.resolved",
    "ticket.declined",
    "ticket.merged",
    "ticket.closed_unconfirmed",
    "extension.decided",
)


def notify_contact(event: TicketEvent) -> None:
    """Write the mail of one event. A second run changes nothing; what is long past is not mailed."""
    if event.type not in TOLD or clock.now() - event.at > MAILED_WITHIN:
        return
    helped = Assistance.objects.filter(ticket_id=event.ticket_id).exclude(email="").first()
    if helped is not None:
        ContactNotice.objects.get_or_create(assistance=helped, event=event, defaults={"next_attempt_at": clock.now()})


CONTACT = Consumer("contact", notify_contact)
