"""What a notification is about, as its reader may know it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.dateparse import parse_datetime

from accounts import people
from accounts.models import Agency
from accounts.people import Person
from core import clock, wording
from issues.access import TicketFacts, audience_on, is_filer_side
from issues.events.serialize import actor_name, event_data
from issues.models import Notification, Ticket, TicketEvent, Visibility
from issues.notifications.recipients import Group

_ENTERPRISE_SIDE = (Group.FILER, Group.ENTERPRISE, Group.PARTY)
_AGENCY_FIELDS = ("agency", "lead_agency", "previous_agency", "from_agency", "assisted_by")


@dataclass(frozen=True)
class Scene:
    """One event for one reader. `data` holds only the fields that the reader may see."""

    event: TicketEvent
    ticket: Ticket
    group: str
    data: dict[str, Any]
    actor: str  # the post of who acted; empty for the system
    hours: str  # "24" or "12"
    now: datetime  # when the mail is composed
    agencies: Mapping[str, Agency] = field(default_factory=dict)  # by code
    own_ticket: Ticket | None = None  # of a reader whose ticket was merged into this one

    @property
    def to_enterprise(self) -> bool:
        return self.group in _ENTERPRISE_SIDE

    @property
    def code(self) -> str:
        """The code by which the reader knows it."""
        return (self.own_ticket or self.ticket).code or ""

    @property
    def title(self) -> str:
        """The ticket's title; those who joined know it by their own words or by its public title."""
        if self.group != Group.PARTY:
            return self.ticket.title
        return self.own_ticket.title if self.own_ticket else self.ticket.public_title

    def agency(self, name: str) -> str:
        """The name of the agency whose code is in a field; a body outside the city is named in words already."""
        code = str(self.data.get(name) or "")
        return self.agencies[code].name if code in self.agencies else code

    def moment(self, name: str) -> str:
        """A time of the data in words; empty where there is none."""
        value = self.data.get(name)
        return self.say(parse_datetime(value)) if value else ""

    def say(self, at: datetime | None) -> str:
        """A time in words, with date and zone: a mail is read later, and elsewhere."""
        return wording.dated_moment(at, clock=self.hours) or ""

    def duration(self, name: str) -> str:
        """Minutes of the data in words."""
        return wording.duration(int(self.data.get(name) or 0)) or ""


@dataclass(frozen=True)
class Background:
    """What the scenes of many notifications need beyond their rows, read once for all of them."""

    agencies: dict[str, Agency]  # that the events mention, by code
    own_tickets: list[Ticket]  # of those who joined, merged into the tickets of the rows

    def own_ticket(self, ticket: Ticket, person: Person) -> Ticket | None:
        """The newest ticket of the person's side that was merged into this one."""
        found = (own for own in self.own_tickets if own.merged_into_id == ticket.pk)
        theirs = [own for own in found if is_filer_side(person, own.enterprise_id, own.filer_id)]
        return max(theirs, key=lambda own: own.pk, default=None)


def background_of(rows: Sequence[Notification]) -> Background:
    """Of notifications with their users and events; one query for agencies, one where somebody joined a ticket."""
    joined = [row for row in rows if row.event is not None and row.reason == Group.PARTY]
    own: list[Ticket] = []
    if joined:
        enterprise_ids = {pk for row in joined for pk in people.of(row.user).enterprise_ids}
        ticket_ids = {row.event.ticket_id for row in joined if row.event is not None}
        alone = Q(enterprise__isnull=True, filer_id__in={row.user_id for row in joined})
        own = list(Ticket.objects.filter(alone | Q(enterprise_id__in=enterprise_ids), merged_into__in=ticket_ids))
    return Background(
        agencies=agencies_of(row.event for row in rows if row.event is not None),
        own_tickets=own,
    )


def scene_of(row: Notification, background: Background | None = None) -> Scene:
    """The scene of a notification with its user, event and ticket; `background_of` it alone unless given."""
    if row.event is None:
        raise ValueError("this notification is not about an event")
    background = background or background_of([row])
    event, ticket = row.event, row.event.ticket
    person, own_ticket = people.of(row.user), None
    audience: str = Visibility.PARTIES
    if row.reason == Group.PARTY:
        own_ticket = background.own_ticket(ticket, person)
    else:
        audience = audience_on(person, TicketFacts.of(ticket), event)
    return Scene(
        event=event,
        ticket=ticket,
        group=row.reason,
        data=event_data(event, audience=audience),
        actor=actor_name(event, audience=audience),
        hours=row.user.time_format,
        now=clock.now(),
        agencies=background.agencies,
        own_ticket=own_ticket,
    )


def agencies_of(events: Iterable[TicketEvent]) -> dict[str, Agency]:
    """The agencies that the events mention by code; one query, or none."""
    codes = {str(event.data[name]) for event in events for name in _AGENCY_FIELDS if event.data.get(name)}
    return {agency.code: agency for agency in Agency.objects.filter(code__in=codes)} if codes else {}
