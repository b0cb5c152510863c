"""Who belongs to a group of recipients, as things stand now."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from accounts.models import Membership, Role, User
from accounts.models.membership import AGENCY_ROLES
from core import clock
from issues.assignment import duties
from issues.models import Attachment, Consultation, Mention, Party, Ticket, TicketEvent
from issues.notifications.recipients import Group


def members(group: Group, event: TicketEvent) -> set[int]:
    """Ids of the active people of a group for this event."""
    return _active(_FINDERS[group](event.ticket, event))


def _active(user_ids: Iterable[int | None]) -> set[int]:
    wanted = {pk for pk in user_ids if pk}
    return set(User.objects.filter(pk__in=wanted, is_active=True).values_list("pk", flat=True)) if wanted else set()


def _filer(ticket: Ticket, event: TicketEvent) -> set[int]:
    return {ticket.filer_id}


def _enterprise(ticket: Ticket, event: TicketEvent) -> set[int]:
    """The members of the enterprise; a ticket without one has only its filer."""
    if ticket.enterprise_id is None:
        return {ticket.filer_id}
    return _with_role(Role.ENTERPRISE, enterprise_id=ticket.enterprise_id)


def _party(ticket: Ticket, event: TicketEvent) -> set[int]:
    joined = Party.objects.filter(ticket=ticket).values("enterprise_id")
    return _with_role(Role.ENTERPRISE, enterprise_id__in=joined)


def _assignee(ticket: Ticket, event: TicketEvent) -> set[int]:
    """The assignee; without one the lead agency's people; without an agency the coordinators."""
    if ticket.assignee_id:
        return {ticket.assignee_id}
    if ticket.lead_agency_id:
        return _with_role(*AGENCY_ROLES, agency_id=ticket.lead_agency_id)
    return _coordinator(ticket, event)


def _previous(ticket: Ticket, event: TicketEvent) -> set[int]:
    previous = event.data.get("previous_id")
    return {previous} if previous else set()


def _duty(ticket: Ticket, event: TicketEvent) -> set[int]:
    """Whoever is on duty now: out of hours, those who have that duty."""
    return set(duties.present(ticket.lead_agency, clock.now()).on_duty) if ticket.lead_agency else set()


def _head(ticket: Ticket, event: TicketEvent) -> set[int]:
    return _with_role(Role.HEAD, agency_id=ticket.lead_agency_id) if ticket.lead_agency_id else set()


def _uploader(ticket: Ticket, event: TicketEvent) -> set[int]:
    attached = Attachment.objects.filter(ticket=ticket, public_id=event.data["attachment"])
    return set(attached.values_list("uploaded_by_id", flat=True))


def _consulted(ticket: Ticket, event: TicketEvent) -> set[int]:
    """The officers of the one agency that the event is about; its heads where it has no officer."""
    agencies = _asked_agencies(ticket, event)
    return _with_role(Role.OFFICER, agency_id__in=agencies) or _with_role(Role.HEAD, agency_id__in=agencies)


def _consulted_head(ticket: Ticket, event: TicketEvent) -> set[int]:
    return _with_role(Role.HEAD, agency_id__in=_asked_agencies(ticket, event))


def _asked_agencies(ticket: Ticket, event: TicketEvent) -> QuerySet[Any, Any]:
    asked = Consultation.objects.filter(ticket=ticket)
    if event.type.startswith("clock."):
        asked = asked.filter(clock__pk=event.data.get("clock_id"))
    else:
        asked = asked.filter(pk=event.data.get("consultation"))
    return asked.values("agency_id")


def _mentioned(ticket: Ticket, event: TicketEvent) -> set[int]:
    return set(Mention.objects.filter(message_id=event.data.get("message")).values_list("user_id", flat=True))


def _coordinator(ticket: Ticket, event: TicketEvent) -> set[int]:
    return _with_role(Role.COORDINATOR)


def _leader(ticket: Ticket, event: TicketEvent) -> set[int]:
    return _with_role(Role.LEADER)


def _with_role(*roles: str, **where: object) -> set[int]:
    return set(Membership.objects.filter(role__in=roles, **where).values_list("user_id", flat=True))


_FINDERS = {
    Group.FILER: _filer,
    Group.ENTERPRISE: _enterprise,
    Group.PARTY: _party,
    Group.ASSIGNEE: _assignee,
    Group.PREVIOUS: _previous,
    Group.DUTY: _duty,
    Group.HEAD: _head,
    Group.UPLOADER: _uploader,
    Group.CONSULTED: _consulted,
    Group.CONSULTED_HEAD: _consulted_head,
    Group.MENTIONED: _mentioned,
    Group.COORDINATOR: _coordinator,
    Group.LEADER: _leader,
}
