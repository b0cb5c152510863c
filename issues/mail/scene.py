"""What a notification is about, as its reader may know it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime

from accounts import people
from accounts.models import Agency
from core import clock, wording
from issues.access import TicketFacts, audience_on
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
    now: datetime
    agency_names: dict[str, str] = field(default_factory=dict)
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
        """The name of the agency whose code stands in a field; a body outside the city is named in words already."""
        code = str(self.data.get(name) or "")
        return self.agency_names.get(code, code)

    def moment(self, name: str) -> str:
        """A time of the data in words: "17:30 today"; empty where there is none."""
        value = self.data.get(name)
        return self.say(parse_datetime(value)) if value else ""

    def say(self, at: datetime | None) -> str:
        """A time in words."""
        return wording.local_moment(at, now=self.now, clock=self.hours) or ""

    def duration(self, name: str) -> str:
        """Minutes of the data in words."""
        return wording.duration(int(self.data.get(name) or 0)) or ""


def scene_of(row: Notification, agency_names: dict[str, str] | None = None) -> Scene:
    """The scene of a notification with its user, event and ticket; one query for names of agencies unless given."""
    if row.event is None:
        raise ValueError("this notification is not about an event")
    event, ticket = row.event, row.event.ticket
    person, own_ticket = people.of(row.user), None
    audience: str = Visibility.PARTIES
    if row.reason == Group.PARTY:
        own_ticket = Ticket.objects.filter(merged_into=ticket, enterprise_id__in=person.enterprise_ids).first()
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
        agency_names=agency_names if agency_names is not None else names_of_agencies([event]),
        own_ticket=own_ticket,
    )


def names_of_agencies(events: Iterable[TicketEvent]) -> dict[str, str]:
    """Names, in the active language, of the agencies that the events mention by code."""
    codes = {str(event.data[name]) for event in events for name in _AGENCY_FIELDS if event.data.get(name)}
    return {agency.code: agency.name for agency in Agency.objects.filter(code__in=codes)} if codes else {}
