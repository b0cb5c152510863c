"""Who belongs to the groups of recipients, as things stand now: for many events together, with a few queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from django.db.models import Q, QuerySet

from accounts.models import AGENCY_ROLES, Membership, Role
from core import clock
from issues.assignment import duties
from issues.models import Attachment, Consultation, Mention, Party, TicketEvent
from issues.notifications.recipients import Group

Events = Collection[TicketEvent]
Members = dict[int, set[int]]  # ids of people, by the id of an event, an agency or an enterprise


def members(asked: Mapping[Group, Events]) -> dict[Group, Members]:
    """The people of each group for the events that address it, by event id; inactive people are among them.

    At most three queries for each group, however many events there are; none of them reads people of other agencies.
    The events' tickets and lead agencies should be known already (`prefetch_related_objects`).
    """
    return {group: _FINDERS[group](events) for group, events in asked.items()}


def _filer(events: Events) -> Members:
    return {event.pk: {event.ticket.filer_id} for event in events}


def _enterprise(events: Events) -> Members:
    """The members of the enterprise; a ticket without one has only its filer."""
    people = _of_enterprises(event.ticket.enterprise_id for event in events)
    return {
        event.pk: people[event.ticket.enterprise_id] if event.ticket.enterprise_id else {event.ticket.filer_id}
        for event in events
    }


def _party(events: Events) -> Members:
    joined: dict[int, set[int]] = defaultdict(set)  # enterprises, by ticket
    alone: dict[int, set[int]] = defaultdict(set)  # people without an enterprise, by ticket
    rows = Party.objects.filter(ticket_id__in={event.ticket_id for event in events})
    for ticket_id, enterprise_id, person_id in rows.values_list("ticket_id", "enterprise_id", "joined_by_id"):
        if enterprise_id is None:
            alone[ticket_id].add(person_id)
        else:
            joined[ticket_id].add(enterprise_id)
    people = _of_enterprises(enterprise_id for ids in joined.values() for enterprise_id in ids)
    return {event.pk: alone[event.ticket_id].union(*(people[pk] for pk in joined[event.ticket_id])) for event in events}


def _assignee(events: Events) -> Members:
    """The assignee; without one the lead agency's people; without an agency the coordinators."""
    assigned = {event.pk: {event.ticket.assignee_id} for event in events if event.ticket.assignee_id}
    others = [event for event in events if event.pk not in assigned]
    people = _of_agencies((event.ticket.lead_agency_id for event in others), *AGENCY_ROLES)
    unrouted = _coordinator([event for event in others if not event.ticket.lead_agency_id])
    return {
        **{event.pk: people[event.ticket.lead_agency_id] for event in others if event.ticket.lead_agency_id},
        **assigned,
        **unrouted,
    }


def _previous(events: Events) -> Members:
    return {event.pk: {event.data["previous_id"]} for event in events if event.data.get("previous_id")}


def _duty(events: Events) -> Members:
    """Those on duty now: out of hours, those who have that duty."""
    agencies = {event.ticket.lead_agency for event in events if event.ticket.lead_agency is not None}
    on_duty = duties.on_duty_at(agencies, clock.now()) if agencies else {}
    return {event.pk: on_duty.get(event.ticket.lead_agency_id or 0, set()) for event in events}


def _head(events: Events) -> Members:
    people = _of_agencies((event.ticket.lead_agency_id for event in events), Role.HEAD)
    return {event.pk: people[event.ticket.lead_agency_id] for event in events if event.ticket.lead_agency_id}


def _uploader(events: Events) -> Members:
    rows = Attachment.objects.filter(public_id__in=[event.data["attachment"] for event in events])
    uploaders = {
        (ticket_id, str(public_id)): user_id
        for ticket_id, public_id, user_id in rows.values_list("ticket_id", "public_id", "uploaded_by_id")
    }
    found = {event.pk: uploaders.get((event.ticket_id, event.data["attachment"])) for event in events}
    return {pk: {user_id} for pk, user_id in found.items() if user_id}


def _consulted(events: Events) -> Members:
    """The officers of the one agency that the event is about; its heads where it has no officer."""
    asked = _asked_agencies(events)
    officers, heads = _of_agencies(asked.values(), Role.OFFICER), _of_agencies(asked.values(), Role.HEAD)
    return {pk: officers[agency_id] or heads[agency_id] for pk, agency_id in asked.items()}


def _consulted_head(events: Events) -> Members:
    asked = _asked_agencies(events)
    heads = _of_agencies(asked.values(), Role.HEAD)
    return {pk: heads[agency_id] for pk, agency_id in asked.items()}


def _asked_agencies(events: Events) -> dict[int, int]:
    """The id of the agency whose opinion an event is about, by event id; a clock's event names only its clock."""
    by_clock = {event.pk for event in events if event.type.startswith("clock.")}
    wanted = {
        event.pk: (event.ticket_id, event.data.get("clock_id" if event.pk in by_clock else "consultation"))
        for event in events
    }
    ids = {key for pk, (_ticket_id, key) in wanted.items() if pk not in by_clock and key}
    clock_ids = {key for pk, (_ticket_id, key) in wanted.items() if pk in by_clock and key}
    rows = list(
        Consultation.objects.filter(Q(pk__in=ids) | Q(clock__pk__in=clock_ids)).values_list(
            "ticket_id", "pk", "clock__pk", "agency_id"
        )
    )
    by_id = {(ticket_id, pk): agency_id for ticket_id, pk, _clock_id, agency_id in rows}
    by_clock_id = {(ticket_id, clock_id): agency_id for ticket_id, _pk, clock_id, agency_id in rows}
    found = {pk: (by_clock_id if pk in by_clock else by_id).get(key) for pk, key in wanted.items()}
    return {pk: agency_id for pk, agency_id in found.items() if agency_id}


def _sender(events: Events) -> Members:
    return {event.pk: {event.actor_id} for event in events if event.actor_id}


def _mentioned(events: Events) -> Members:
    people: Members = defaultdict(set)
    rows = Mention.objects.filter(message_id__in=[event.data.get("message") for event in events])
    for message_id, user_id in rows.values_list("message_id", "user_id"):
        people[message_id].add(user_id)
    return {event.pk: people[event.data["message"]] for event in events}


def _coordinator(events: Events) -> Members:
    return _in_city(events, Role.COORDINATOR)


def _leader(events: Events) -> Members:
    return _in_city(events, Role.LEADER)


def _in_city(events: Events, role: Role) -> Members:
    if not events:
        return {}
    people = set(Membership.objects.filter(role=role).order_by().values_list("user_id", flat=True))
    return {event.pk: people for event in events}


def _of_agencies(agency_ids: Iterable[int | None], *roles: Role) -> Members:
    return _with_role(Membership.objects.filter(role__in=roles), "agency_id", agency_ids)


def _of_enterprises(enterprise_ids: Iterable[int | None]) -> Members:
    return _with_role(Membership.objects.filter(role=Role.ENTERPRISE), "enterprise_id", enterprise_ids)


def _with_role(rows: QuerySet[Membership], place: str, ids: Iterable[int | None]) -> Members:
    """The people of these agencies or enterprises (`place` is the column), by its id; one query, or none."""
    people: Members = defaultdict(set)
    wanted = {pk for pk in ids if pk}
    if wanted:
        found = rows.filter(**{f"{place}__in": wanted}).order_by().values_list(place, "user_id")
        for pk, user_id in found:
            people[pk].add(user_id)
    return people


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
    Group.SENDER: _sender,
    Group.MENTIONED: _mentioned,
    Group.COORDINATOR: _coordinator,
    Group.LEADER: _leader,
}
