"""What stays inside one agency: who reads which event, on every way by which events reach people."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client

from accounts import people
from accounts.models import ApiToken, Role, User
from accounts.people import Person
from core import clock
from core.errors import Invalid, NotVisible
from issues.access import TicketFacts, may_read, visible_events
from issues.actions import consultations, conversation, publishing, resolving, routing, timers
from issues.actor import Actor
from issues.events.drain import drain_all
from issues.events.record import event_hash
from issues.events.topics import Topic
from issues.events.verify import verify
from issues.live.fanout import deliveries, read_events
from issues.live.feed import events_after
from issues.live.identity import Identity
from issues.live.subscription import Subscription
from issues.mail.receivable import receivable
from issues.models import Notification, Ticket, TicketEvent
from issues.notifications.inbox import notifications
from issues.web.attachments import readable_attachment
from tests.factories.issues import make_agency, make_user
from tests.issues.conftest import TaskForce, at


@dataclass
class Case:
    """A ticket that construction leads, about which justice was asked, with one event of each reach."""

    force: TaskForce
    ticket: Ticket
    events: dict[str, TicketEvent]
    former_officer: User  # of the agency that led before


def _newest(ticket: Ticket) -> TicketEvent:
    return TicketEvent.objects.filter(ticket=ticket).latest("id")


@pytest.fixture
def case(force: TaskForce, settings: Any, tmp_path: Any) -> Case:
    settings.PRIVATE_MEDIA_ROOT = tmp_path
    force.justice_head = make_user(Role.HEAD, agency=force.justice)  # type: ignore[attr-defined]
    former = make_agency("SCT", name_vi="Sở Công Thương")
    former_officer = make_user(Role.OFFICER, agency=former)
    coordinator = Actor.of(force.coordinator)
    with clock.at(at("2026-11-18 08:05")):
        ticket = force.file(at("2026-11-18 08:05"), public_consent=True)
        routing.route(ticket=ticket, actor=coordinator, lead_agency="SCT", reason="Theo chức năng")
        conversation.post_message(
            ticket=ticket, actor=Actor.of(former_officer), body="Của Sở Công Thương", visibility="internal",
            internal_to="SCT",
        )  # fmt: skip
        former_note = _newest(ticket)
        routing.route(ticket=ticket, actor=coordinator, lead_agency="SXD", reason="Đúng thẩm quyền")
    events = {"note of the former lead": former_note, "routed": _newest(ticket)}

    def keep(name: str) -> None:
        events[name] = _newest(ticket)

    officer, justice = Actor.of(force.officer), Actor.of(force.justice_officer)
    with clock.at(at("2026-11-18 09:00")):
        resolving.accept(ticket=ticket, actor=officer)
        conversation.post_message(ticket=ticket, actor=officer, body="Chào")
        keep("message")
        consultations.request_consultation(ticket=ticket, actor=officer, agency="STP", question="?")
        conversation.post_message(ticket=ticket, actor=officer, body="Chung", visibility="internal")
        keep("note to all agencies")
        conversation.post_message(ticket=ticket, actor=officer, body="Riêng", visibility="internal", internal_to="SXD")
        keep("note of the lead")
        conversation.post_message(ticket=ticket, actor=justice, body="Riêng", visibility="internal", internal_to="STP")
        keep("note of the consulted")
        conversation.attach(
            ticket=ticket, actor=officer, upload=SimpleUploadedFile("a.txt", b"x"), visibility="internal",
            internal_to="SXD",
        )  # fmt: skip
        keep("file of the lead")
    for time in ("10:50", "14:00"):  # half of the time for the opinion, then of that for the answer
        with clock.at(at(f"2026-11-18 {time}")):
            timers.sweep()
    timer_events = TicketEvent.objects.filter(ticket=ticket, type="clock.timer")
    events["timer of the answer"] = timer_events.filter(data__clock="resolution").latest("id")
    events["timer of the opinion"] = timer_events.filter(data__clock="consultation").latest("id")
    return Case(force, ticket, events, former_officer)


@pytest.fixture(autouse=True)
def _half_past_five() -> Iterator[None]:
    with clock.at(at("2026-11-18 17:05")):
        yield


EVERY = {
    "note of the former lead", "routed", "message", "note to all agencies", "note of the lead",
    "note of the consulted", "file of the lead", "timer of the answer", "timer of the opinion",
}  # fmt: skip
LEAD = {
    "routed", "message", "note to all agencies", "note of the lead", "file of the lead", "timer of the answer",
}  # fmt: skip
CONSULTED = {"routed", "message", "note to all agencies", "note of the consulted", "timer of the opinion"}
READS = {
    "filer": {"routed", "message"},
    "other_filer": set(),
    "officer": LEAD,
    "colleague": LEAD,
    "head": LEAD,
    "justice_officer": CONSULTED,
    "justice_head": CONSULTED,
    "finance_officer": set(),
    "former_officer": set(),
    "coordinator": EVERY,
    "leader": EVERY,
}


def person_of(case: Case, role: str) -> Person:
    user = case.former_officer if role == "former_officer" else getattr(case.force, role)
    return people.of(User.objects.get(pk=user.pk))


class TestTable:
    def test_the_rule(self, case: Case) -> None:
        by_python, by_sql = {}, {}
        for role in READS:
            person, ticket = person_of(case, role), Ticket.objects.get(pk=case.ticket.pk)
            facts, in_sql = TicketFacts.of(ticket), set(visible_events(person, ticket))
            by_python[role] = {name for name, event in case.events.items() if may_read(person, facts, event)}
            by_sql[role] = {name for name, event in case.events.items() if event in in_sql}
            if role in ("other_filer", "finance_officer", "former_officer"):
                by_python[role] -= {"routed"}  # public as such, on the wall; the ticket itself they cannot open
                by_sql[role] -= {"routed"}
        assert by_python == READS
        assert by_sql == READS

    def test_the_interface(self, case: Case) -> None:
        found = {}
        for role in READS:
            token = ApiToken.issue(user=person_of(case, role).user, name="test")[1]
            address = f"/api/v1/tickets/{case.ticket.code}/events"
            answer = Client().get(address, headers={"Authorization": f"Bearer {token}"})
            if not READS[role]:
                assert answer.status_code == 404, role
            found[role] = names_of(case, {event["id"] for event in answer.json().get("events", ())})
        assert found == READS

    def test_the_feed_and_the_sockets(self, case: Case) -> None:
        topics, by_feed, by_socket = (Topic("board"),), {}, {}
        for role in READS:
            person = person_of(case, role)
            feed = events_after(person, topics, after=0, limit=500)
            by_feed[role] = names_of(case, {seen.event.pk for seen in feed.events})
            token = ApiToken.issue(user=person.user, name="t")[0]
            socket = Subscription(Identity("token", ApiToken.objects.get(pk=token.pk).digest), topics)
            sent = {position.id for _sub, position, _text in deliveries(read_events(0, 500), [socket]).messages}
            by_socket[role] = names_of(case, sent)
        assert by_feed == READS
        staff = {role for role in READS if person_of(case, role).is_staff_side}
        assert by_socket == {role: READS[role] if role in staff else set() for role in READS}

    def test_mails_and_the_list_of_notifications(self, case: Case) -> None:
        listed, received = {}, {}
        for role in READS:
            person = person_of(case, role)
            rows = [
                Notification(event=event, user=person.user, channel="app", reason="assignee")
                for event in case.events.values()
            ]
            Notification.objects.bulk_create(rows)
            listed[role] = names_of(case, {row.event_id for row in notifications(person)})
            mailed = receivable(Notification.objects.filter(user=person.user))
            received[role] = names_of(case, {row.event_id for row in mailed}) - {"routed"}
        assert listed == READS
        assert received == {role: names - {"routed"} for role, names in READS.items()}


def names_of(case: Case, ids: set[int]) -> set[str]:
    return {name for name, event in case.events.items() if event.pk in ids}


SUGGESTION = {"officer": True, "head": True, "justice_officer": False, "filer": False, "coordinator": True}


def test_whom_the_lead_agency_suggests_stays_inside(case: Case) -> None:
    for role, shown in SUGGESTION.items():
        token = ApiToken.issue(user=person_of(case, role).user, name="test")[1]
        address = f"/api/v1/tickets/{case.ticket.code}/events"
        events = Client().get(address, headers={"Authorization": f"Bearer {token}"}).json()["events"]
        routed = next(event for event in events if event["id"] == case.events["routed"].pk)
        assert ("suggested_assignee" in routed["data"], "assignment" in routed["data"]) == (shown, shown), role


def test_before_the_acceptance_nobody_outside_learns_whom_the_agency_suggests(force: TaskForce) -> None:
    ticket = force.file()
    for user, shown in ((force.officer, True), (force.coordinator, True), (force.filer, False)):
        token = ApiToken.issue(user=user, name="test")[1]
        row = Client().get(f"/api/v1/tickets/{ticket.code}", headers={"Authorization": f"Bearer {token}"}).json()
        assert (row["assignee"] is not None) is shown


def test_the_last_event_is_the_last_that_the_caller_sees(case: Case) -> None:
    for role in ("filer", "officer", "justice_officer", "leader"):
        person = person_of(case, role)
        token = ApiToken.issue(user=person.user, name="test")[1]
        row = Client().get(f"/api/v1/tickets/{case.ticket.code}", headers={"Authorization": f"Bearer {token}"}).json()
        seen = visible_events(person, Ticket.objects.get(pk=case.ticket.pk))
        assert row["last_event_id"] == seen.last().pk


def test_the_public_words_in_the_making_stay_inside(case: Case) -> None:
    officer = Actor.of(case.force.officer)
    asked = case.ticket.consultations.get()
    consultations.cancel_consultation(consultation=asked, actor=officer, reason="Không cần nữa")
    resolving.resolve(ticket=case.ticket, actor=officer, answer="Được.", kind="solved")
    publishing.propose_publication(ticket=case.ticket, actor=officer, title="Công khai", answer="Được.")
    event = _newest(case.ticket)
    assert event.internal_to == "SXD"
    facts = TicketFacts.of(case.ticket)
    assert not may_read(person_of(case, "justice_officer"), facts, event)
    assert may_read(person_of(case, "head"), facts, event)


def test_a_file_kept_inside_cannot_be_fetched_by_its_address(case: Case) -> None:
    file = case.ticket.attachments.get()
    assert readable_attachment(case.force.colleague, file.public_id) == file
    for user in (case.force.justice_officer, case.force.filer):
        with pytest.raises(NotVisible):
            readable_attachment(user, file.public_id)


def test_the_page_says_to_whom_a_note_is_kept(case: Case) -> None:
    client = Client()
    client.force_login(case.force.officer)
    entries = client.get(f"/en/tickets/{case.ticket.code}/").context["entries"]
    assert {entry.kept_to for entry in entries if entry.is_kept_inside} == {case.force.construction.name_en}
    client.force_login(case.force.justice_officer)
    entries = client.get(f"/en/tickets/{case.ticket.code}/").context["entries"]
    assert {entry.kept_to for entry in entries if entry.is_kept_inside} == {case.force.justice.name_en}


class TestWriting:
    @pytest.mark.parametrize("code", ["STP", "STC", "nonsense"])
    def test_only_to_ones_own_agency(self, case: Case, code: str) -> None:
        with pytest.raises(Invalid) as refused:
            conversation.post_message(
                ticket=case.ticket, actor=Actor.of(case.force.officer), body="x", visibility="internal",
                internal_to=code,
            )  # fmt: skip
        assert "internal_to" in refused.value.fields

    def test_not_for_the_person_who_speaks_for_no_agency(self, case: Case) -> None:
        with pytest.raises(Invalid):
            conversation.post_message(
                ticket=case.ticket, actor=Actor.of(case.force.coordinator), body="x", visibility="internal",
                internal_to="SXD",
            )  # fmt: skip

    def test_not_for_what_the_enterprise_reads(self, case: Case) -> None:
        with pytest.raises(Invalid):
            conversation.post_message(
                ticket=case.ticket, actor=Actor.of(case.force.officer), body="x", internal_to="SXD"
            )

    def test_by_the_form_of_the_page(self, case: Case) -> None:
        client = Client()
        client.force_login(case.force.officer)
        client.post(f"/en/tickets/{case.ticket.code}/note/", {"body": "Trong sở", "reach": "own"})
        assert _newest(case.ticket).internal_to == "SXD"
        client.post(f"/en/tickets/{case.ticket.code}/note/", {"body": "Chung"})
        assert _newest(case.ticket).internal_to is None


class TestChain:
    def test_old_and_new_events_verify_together(self, case: Case) -> None:
        assert verify().ok

    def test_it_is_part_of_the_hash_where_it_is_set(self, case: Case) -> None:
        event = case.events["note of the lead"]
        event.internal_to = None
        assert event_hash(event) != event.hash
        event = case.events["note to all agencies"]
        event.internal_to = "STP"
        assert event_hash(event) != event.hash

    def test_the_database_still_refuses_to_change_events(self, case: Case) -> None:
        statement = "UPDATE issues_ticketevent SET internal_to = NULL"
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


class TestAfterwards:
    """docs/decisions: what agencies see that no longer take part."""

    def test_the_person_who_returned_sees_it_until_it_is_with_another(self, force: TaskForce) -> None:
        ticket = force.accepted()
        law = "Luật Đất đai"
        resolving.return_ticket(ticket=ticket, actor=Actor.of(force.officer), agency="STC", legal_basis=law)
        assert people_see(force.officer, ticket)
        routing.route(ticket=ticket, actor=Actor.of(force.coordinator), lead_agency="STC", reason="Đúng")
        assert not people_see(force.officer, ticket)
        assert people_see(force.finance_officer, ticket)

    def test_whose_opinion_is_no_longer_needed_still_reads_why(self, force: TaskForce) -> None:
        ticket, officer = force.accepted(), Actor.of(force.officer)
        asked = consultations.request_consultation(ticket=ticket, actor=officer, agency="STP", question="?")
        consultations.cancel_consultation(consultation=asked, actor=officer, reason="Đã rõ")
        assert people_see(force.justice_officer, ticket)
        drain_all()
        told = notifications(people.of(User.objects.get(pk=force.justice_officer.pk)))
        assert "consultation.cancelled" in told.values_list("event__type", flat=True)


def people_see(user: User, ticket: Ticket) -> bool:
    client = Client()
    client.force_login(user)
    return client.get(f"/en/tickets/{ticket.code}/").status_code == 200
