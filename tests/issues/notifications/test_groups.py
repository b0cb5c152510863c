"""Who belongs to a group: for many events at once, each with the people of its own ticket."""

from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Agency, Role, User
from core import clock
from issues.clocks import calendars
from issues.events.clock_events import ClockTimer
from issues.events.consultation_events import ConsultationRequested
from issues.events.types import AttachmentBlocked, NotePosted, TicketReassigned
from issues.models import (
    Absence,
    Attachment,
    Consultation,
    Duty,
    Mention,
    Message,
    Party,
    Ticket,
    TicketClock,
    TicketEvent,
)
from issues.notifications.groups import members
from issues.notifications.recipients import Group
from issues.sla import SameDay, target_to_dict
from tests.factories.issues import make_agency, make_enterprise, make_event, make_ticket, make_user
from tests.issues.conftest import MORNING

pytestmark = pytest.mark.django_db


def ids(*users: User) -> set[int]:
    return {user.pk for user in users}


def of(group: Group, *events: TicketEvent) -> list[set[int]]:
    """The people of the group for each event, read as the drain reads them."""
    fresh = list(TicketEvent.objects.filter(pk__in=[event.pk for event in events]).order_by("pk"))
    found = members({group: fresh})[group]
    return [set(found.get(event.pk, set())) for event in fresh]


def test_the_enterprise_of_each_ticket_and_the_filer_where_there_is_none() -> None:
    one, two = make_enterprise(), make_enterprise()
    people = [make_user(Role.ENTERPRISE, enterprise=enterprise) for enterprise in (one, one, two)]
    alone = make_ticket()
    events = [make_event(make_ticket(enterprise=one)), make_event(make_ticket(enterprise=two)), make_event(alone)]
    assert of(Group.ENTERPRISE, *events) == [ids(*people[:2]), ids(people[2]), {alone.filer_id}]


def test_the_assignee_else_the_agency_else_the_coordinators() -> None:
    agency, other = make_agency(), make_agency()
    officer, head = make_user(Role.OFFICER, agency=agency), make_user(Role.HEAD, agency=agency)
    make_user(Role.OFFICER, agency=other)
    coordinator = make_user(Role.COORDINATOR)
    tickets = [make_ticket(agency=agency, assignee=head), make_ticket(agency=agency), make_ticket()]
    events = [make_event(ticket) for ticket in tickets]
    assert of(Group.ASSIGNEE, *events) == [ids(head), ids(officer, head), ids(coordinator)]


def test_the_heads_of_each_lead_agency() -> None:
    one, two = make_agency(), make_agency()
    heads = make_user(Role.HEAD, agency=one), make_user(Role.HEAD, agency=two)
    make_user(Role.OFFICER, agency=one)
    events = [make_event(make_ticket(agency=one)), make_event(make_ticket(agency=two)), make_event(make_ticket())]
    assert of(Group.HEAD, *events) == [ids(heads[0]), ids(heads[1]), set()]


def test_the_person_who_is_on_duty_at_each_agency_with_the_stand_in_of_the_absent() -> None:
    one, two, three = make_agency(), make_agency(), make_agency()
    officer, absent, stand_in = (
        make_user(Role.OFFICER, agency=one), make_user(Role.OFFICER, agency=two), make_user(Role.OFFICER, agency=two),
    )  # fmt: skip
    with clock.at(MORNING):
        today = timezone.localdate(MORNING)
        Duty.objects.create(agency=one, officer=officer, date=today)
        Duty.objects.create(agency=two, officer=absent, date=today)
        Absence.objects.create(officer=absent, agency=two, first_day=today, last_day=today, stand_in=stand_in)
        events = [make_event(make_ticket(agency=agency)) for agency in (one, two, three)]
        assert of(Group.DUTY, *events) == [ids(officer), ids(stand_in), set()]


def test_those_who_joined_each_ticket() -> None:
    friends = [make_user(Role.ENTERPRISE, enterprise=make_enterprise()) for _ in range(2)]
    tickets = [make_ticket(), make_ticket()]
    for friend in friends:
        enterprise = friend.memberships.get().enterprise
        Party.objects.create(ticket=tickets[0], enterprise=enterprise, joined_by=friend)
    assert of(Group.PARTY, *(make_event(ticket) for ticket in tickets)) == [ids(*friends), set()]


def asked(ticket: Ticket, agency: Agency) -> Consultation:
    return Consultation.objects.create(ticket=ticket, agency=agency, question="?", asked_by=make_user())


def test_the_officers_of_the_one_agency_that_was_asked_else_its_heads() -> None:
    one, two = make_agency(), make_agency()
    officer, head = make_user(Role.OFFICER, agency=one), make_user(Role.HEAD, agency=one)
    only_head = make_user(Role.HEAD, agency=two)
    ticket, other = make_ticket(agency=make_agency()), make_ticket(agency=make_agency())
    asked_one, asked_two = asked(ticket, one), asked(ticket, two)
    clock_of_two = TicketClock.objects.create(
        ticket=ticket, kind="consultation", consultation=asked_two, calendar_id=calendars.calendar_id_for(None),
        target=target_to_dict(SameDay()), started_at=clock.now(), first_due_at=clock.now(), due_at=clock.now(),
    )  # fmt: skip

    def requested(where: Ticket, consultation: Consultation) -> TicketEvent:
        words: dict[str, Any] = {"agency": consultation.agency.code, "question": "?", "due_at": clock.now()}
        return make_event(where, ConsultationRequested(consultation=consultation.pk, **words))

    events = [
        requested(ticket, asked_one),
        make_event(ticket, ClockTimer(clock="consultation", clock_id=clock_of_two.pk, percent=50)),
        requested(other, asked_one),  # a consultation of another ticket
    ]
    assert of(Group.CONSULTED, *events) == [ids(officer), ids(only_head), set()]
    assert of(Group.CONSULTED_HEAD, *events) == [ids(head), ids(only_head), set()]


def test_the_mentioned_the_one_before_and_the_one_who_attached() -> None:
    ticket, writer = make_ticket(agency=make_agency()), make_user()
    named, before, uploader = make_user(), make_user(), make_user()
    note = Message.objects.create(ticket=ticket, author=writer, body="@", visibility="internal")
    Mention.objects.create(message=note, user=named)
    file = Attachment.objects.create(ticket=ticket, name="a.txt", size=1, uploaded_by=uploader)
    written = make_event(ticket, NotePosted(message=note.pk, body="@"))
    moved = make_event(ticket, TicketReassigned(agency="A", assignee="B", previous_id=before.pk))
    blocked = make_event(ticket, AttachmentBlocked(attachment=str(file.public_id), name="a.txt", signature="x"))
    assert of(Group.MENTIONED, written) == [ids(named)]
    assert of(Group.PREVIOUS, moved) == [ids(before)]
    assert of(Group.UPLOADER, blocked) == [ids(uploader)]


@pytest.mark.parametrize("group", list(Group))
def test_more_events_and_people_elsewhere_ask_no_more(group: Group, django_assert_max_num_queries: Any) -> None:
    data = {
        Group.MENTIONED: NotePosted(message=1, body="@"),
        Group.UPLOADER: AttachmentBlocked(attachment="0" * 32, name="a", signature="x"),
        Group.CONSULTED: ConsultationRequested(consultation=1, agency="A", question="?", due_at=clock.now()),
        Group.CONSULTED_HEAD: ConsultationRequested(consultation=1, agency="A", question="?", due_at=clock.now()),
    }
    for _ in range(5):
        agency, enterprise = make_agency(), make_enterprise()
        make_user(Role.OFFICER, agency=agency), make_user(Role.ENTERPRISE, enterprise=enterprise)
        make_event(make_ticket(agency=agency, enterprise=enterprise), data.get(group))
    events = list(TicketEvent.objects.select_related("ticket__lead_agency"))
    calendars.default_calendar()  # read once by every process
    with django_assert_max_num_queries(3):
        members({group: events})
