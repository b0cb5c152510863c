"""The consumer that writes to the contact person of an assisted proposal, who may have no account."""

from collections.abc import Sequence

from core import clock
from issues.events.consumers import Consumer
from issues.models import Assistance, ContactNotice, TicketEvent
from issues.notifications.mail import MAILED_WITHIN

# What a person without an account needs: the receipt, what is asked of them, and how it ends.
NOTIFIED = (
    "ticket.submitted",
    "ticket.info_requested",
    "ticket.resolved",
    "ticket.declined",
    "ticket.merged",
    "ticket.closed_unconfirmed",
    "extension.decided",
)


def notify_contact(events: Sequence[TicketEvent]) -> None:
    """Write the mails of these events. A second run changes nothing; what is long past is not mailed."""
    now = clock.now()
    wanted = [event for event in events if event.type in NOTIFIED and now - event.at <= MAILED_WITHIN]
    if not wanted:
        return
    helped = Assistance.objects.filter(ticket_id__in={event.ticket_id for event in wanted}).exclude(email="")
    by_ticket = {row.ticket_id: row for row in helped}
    rows = [
        ContactNotice(assistance=by_ticket[event.ticket_id], event=event, next_attempt_at=now)
        for event in wanted
        if event.ticket_id in by_ticket
    ]
    ContactNotice.objects.bulk_create(rows, ignore_conflicts=True)


CONTACT = Consumer("contact", notify_contact)
