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


def _may_receive(row: Notification, taken_back: set[int], joined: set[tuple[int, int | None, int | None]]) -> bool:
    if not row.user.is_active:
        return False
    if row.event is None:
        return row.entry is not None and rules.may_roster(row.user, "see", row.entry.agency)
    person = people.of(row.user)
    ticket = row.event.ticket
    if row.reason == Group.PARTY:
        return any((ticket.pk, *party) in joined for party in parties_of(person))
    return may_read(person, TicketFacts.of(ticket), row.event) and row.event.pk not in taken_back


def _taken_back(events: Sequence[TicketEvent]) -> set[int]:
    """The ids of the events whose writer withdrew the text before a mail was sent."""
    messages = {event.pk: event.data["message"] for event in events if event.type in _WORDS}
    if not messages:
        return set()
    gone = Message.objects.filter(pk__in=set(messages.values()), taken_back_at__isnull=False)
    gone_ids = set(gone.values_list("pk", flat=True))
    return {event_id for event_id, message_id in messages.items() if message_id in gone_ids}


def parties_of(person: people.Person) -> list[tuple[int | None, int | None]]:
    """As which parties the person takes part: each enterprise with nobody, and without one the person alone."""
    return [*((pk, None) for pk in person.enterprise_ids), (None, person.user_id)]


def _joined(rows: Sequence[Notification]) -> set[tuple[int, int | None, int | None]]:
    """Who takes part in which of the tickets: ids of ticket, enterprise, and the person who is a party alone."""
    ticket_ids = {row.event.ticket_id for row in rows if row.event is not None}
    if not ticket_ids:
        return set()
    found = Party.objects.filter(ticket_id__in=ticket_ids).values_list("ticket_id", "enterprise_id", "joined_by_id")
    return {(ticket, enterprise, None if enterprise else person) for ticket, enterprise, person in found}
