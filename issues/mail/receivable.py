"""Whether people may still be notified. Rights are those of this moment, not of when the event happened."""

from collections.abc import Sequence

from accounts import people
from issues import rules
from issues.access import TicketFacts, may_read
from issues.models import Message, Notification, Party, TicketEvent
from issues.notifications.recipients import Group

_WORDS = ("message.posted", "note.posted")  # their writer may withdraw them


def receivable(rows: Sequence[Notification]) -> list[Notification]:
    """Those whose person may still read what they are about. Two queries at most beyond what the rows hold:

    their users, and their events with tickets and coordinating agencies, or their entries with agencies.
    """
    taken_back = _taken_back([row.event for row in rows if row.event is not None])
    joined = _joined([row for row in rows if row.reason == Group.PARTY and row.event is not None])
    return [row for row in rows if _may_receive(row, taken_back, joined)]


def _may_receive(row: Notification, taken_back: set[int], joined: set[tuple[int, int]]) -> bool:
    if not row.user.is_active:
        return False
    if row.event is None:
        return row.entry is not None and rules.may_roster(row.user, "see", row.entry.agency)
    person = people.of(row.user)
    ticket = row.event.ticket
    if row.reason == Group.PARTY:
        return any((ticket.pk, enterprise_id) in joined for enterprise_id in person.enterprise_ids)
    return may_read(person, TicketFacts.of(ticket), row.event) and row.event.pk not in taken_back


def _taken_back(events: Sequence[TicketEvent]) -> set[int]:
    """The ids of the events whose writer withdrew the text before a mail was sent."""
    messages = {event.pk: event.data["message"] for event in events if event.type in _WORDS}
    if not messages:
        return set()
    gone = Message.objects.filter(pk__in=set(messages.values()), taken_back_at__isnull=False)
    gone_ids = set(gone.values_list("pk", flat=True))
    return {event_id for event_id, message_id in messages.items() if message_id in gone_ids}


def _joined(rows: Sequence[Notification]) -> set[tuple[int, int]]:
    """Which enterprises take part in which of the tickets, as ids of ticket and enterprise."""
    ticket_ids = {row.event.ticket_id for row in rows if row.event is not None}
    if not ticket_ids:
        return set()
    return set(Party.objects.filter(ticket_id__in=ticket_ids).values_list("ticket_id", "enterprise_id"))
