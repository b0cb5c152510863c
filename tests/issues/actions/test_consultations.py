"""Opinions of other agencies: several at once, cancelled by hand or because the ticket is over, never silently."""

from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from accounts.models import Membership, Role, User
from core import clock
from core.errors import Invalid, NotAllowed, NotPossible
from issues.actions import consultations, enterprise, merging, resolving, timers
from issues.actor import Actor
from issues.events.drain import drain_all
from issues.mail import agency_texts, clock_texts
from issues.mail.compose import compose
from issues.models import Consultation, Notification, Ticket, TicketEvent
from tests.factories.issues import make_user
from tests.issues import said
from tests.issues.actions.steps import do
from tests.issues.conftest import TaskForce, at

LAW = "Luật Đất đai 2024, điều 12"


def ask(force: TaskForce, ticket: Ticket, *codes: str, time: str = "09:10") -> list[Consultation]:
    with clock.at(at(f"2026-11-18 {time}")):
        return consultations.request_consultations(
            ticket=ticket, actor=Actor.of(force.officer), agencies=list(codes), question="Có vướng gì không?"
        )


class TestSeveralAtOnce:
    def test_each_has_its_own_clock_and_event(self, force: TaskForce) -> None:
        ticket = force.accepted()
        asked = ask(force, ticket, "STP", "STC")
        assert [one.agency.code for one in asked] == ["STP", "STC"]
        assert len({one.clock.pk for one in asked}) == 2
        assert {one.clock.due_at for one in asked} == {at("2026-11-18 14:05")}  # half of 6 h 50 min
        told = TicketEvent.objects.filter(ticket=ticket, type="consultation.requested")
        assert [event.data["agency"] for event in told.order_by("id")] == ["STP", "STC"]

    def test_all_or_none(self, force: TaskForce) -> None:
        ticket = force.accepted()
        ask(force, ticket, "STP")
        with pytest.raises(Invalid) as refused:
            ask(force, ticket, "STC", "STP")
        assert "Sở Tư pháp" in refused.value.fields["agencies"][0] or "Justice" in refused.value.fields["agencies"][0]
        assert Consultation.objects.count() == 1

    @pytest.mark.parametrize("codes", [None, [], "STP", ["SXD"], ["nonsense"], [7], [["STP"]]])
    def test_bad_input(self, force: TaskForce, codes: Any) -> None:
        ticket = force.accepted()
        with pytest.raises(Invalid) as refused:
            consultations.request_consultations(
                ticket=ticket, actor=Actor.of(force.officer), agencies=codes, question="Có vướng gì không?"
            )
        assert set(refused.value.fields) == {"agencies"}

    def test_others_may_not(self, force: TaskForce) -> None:
        with pytest.raises(NotAllowed):
            consultations.request_consultations(
                ticket=force.accepted(), actor=Actor.of(force.filer), agencies=["STP"], question="?"
            )

    def test_from_one_form(self, force: TaskForce) -> None:
        ticket = force.accepted()
        client = Client()
        client.force_login(force.officer)
        with clock.at(at("2026-11-18 09:10")):
            page = client.get(f"/en/tickets/{ticket.code}/?tab=consult").content.decode()
            assert 'type="checkbox" name="agencies" value="STP"' in page
            assert 'name="agencies" value="SXD"' not in page
            address = f"/en/tickets/{ticket.code}/consult/"
            assert client.post(address, {"agencies": ["STP", "STC"], "question": "Ý kiến?"}).status_code == 302
            page = client.get(f"/en/tickets/{ticket.code}/").content.decode()
            assert said.of_next_step(ticket) in page
        assert {one.agency.code for one in ticket.consultations.all()} == {"STP", "STC"}
        assert client.post(address, {"question": "Ý kiến?"}).status_code == 422

    def test_several_ticks_are_kept_while_typing(self, force: TaskForce) -> None:
        ticket = force.accepted()
        client = Client()
        client.force_login(force.officer)
        address = f"/en/tickets/{ticket.code}/consult/save/"
        client.post(address, {"agencies": ["STP", "STC"], "question": "Đang viết"})
        page = client.get(f"/en/tickets/{ticket.code}/?tab=consult").content.decode()
        for code in ("STP", "STC"):
            box = page.split(f'name="agencies" value="{code}"')[1].split(">")[0]
            assert "checked" in box


class TestNotSilently:
    def over(self, ticket: Ticket, cause: str) -> None:
        row = Consultation.objects.get(ticket=ticket)
        assert (row.status, row.cancel_cause) == ("cancelled", cause)
        assert row.why_cancelled
        assert not row.clock.is_running
        assert row.clock.met is None
        told = TicketEvent.objects.get(ticket=ticket, type="consultation.cancelled")
        assert told.data["cause"] == cause

    def test_when_the_ticket_is_withdrawn(self, force: TaskForce) -> None:
        ticket = force.accepted()
        ask(force, ticket, "STP")
        enterprise.withdraw(ticket=ticket, actor=Actor.of(force.filer))
        self.over(ticket, "withdrawn")

    def test_when_it_is_merged(self, force: TaskForce) -> None:
        ticket, other = force.accepted(), force.accepted()
        ask(force, ticket, "STP")
        merging.merge(ticket=ticket, actor=Actor.of(force.officer), into=other.code)
        self.over(ticket, "merged")

    def test_when_it_is_returned(self, force: TaskForce) -> None:
        ticket = force.accepted()
        ask(force, ticket, "STP")
        resolving.return_ticket(ticket=ticket, actor=Actor.of(force.officer), agency="STC", legal_basis=LAW)
        self.over(ticket, "returned")

    def test_the_asked_agency_is_told_why_by_mail(self, force: TaskForce) -> None:
        ticket = force.accepted()
        ask(force, ticket, "STP")
        with clock.at(at("2026-11-18 09:30")):
            enterprise.withdraw(ticket=ticket, actor=Actor.of(force.filer))
            drain_all()
        row = Notification.objects.get(user=force.justice_officer, channel="mail", event__type="consultation.cancelled")
        User.objects.filter(pk=force.justice_officer.pk).update(language="en")
        row = Notification.objects.select_related("user", "event__ticket").get(pk=row.pk)
        words = said.by_mail(agency_texts.consultation_cancelled, row)
        assert words.headline in (mail := compose(row)).subject
        assert all(line in mail.body for line in words.lines)
        with translation.override("en"):
            assert str(Consultation.Cause.WITHDRAWN.label) in mail.body


def test_an_overdue_opinion_reaches_the_head_of_the_agency_that_owes_it(force: TaskForce) -> None:
    head = make_user(Role.HEAD, agency=force.justice)
    ticket = force.accepted()
    ask(force, ticket, "STP")
    with clock.at(at("2026-11-18 14:10")):
        timers.sweep()
        drain_all()
    told = Notification.objects.filter(event__type="clock.breached", event__data__clock="consultation", channel="mail")
    assert set(told.values_list("user_id", flat=True)) == {force.justice_officer.pk, head.pk, force.officer.pk}
    headlines = {}
    for row in told.select_related("user", "event__ticket__lead_agency"):
        row.user.language = "en"
        headlines[row.user_id] = compose(row).subject
    for row in told.select_related("user", "event__ticket__lead_agency"):
        row.user.language = "en"
        assert said.by_mail(clock_texts.breached, row).headline in headlines[row.user_id]
    assert headlines[head.pk] == headlines[force.justice_officer.pk] != headlines[force.officer.pk]


def test_an_open_consultation_holds_the_answer(force: TaskForce) -> None:
    ticket = force.accepted()
    asked = do(
        "10:00",
        consultations.request_consultation,
        force.officer,
        ticket=ticket,
        agency="STP",
        question="Có được không?",
    )
    # 6 h are left at 10:00; half of it is 3 h: 10:00–12:00 and 13:30–14:30.
    assert asked.clock.due_at == at("2026-11-18 14:30")
    with pytest.raises(NotPossible) as refused:
        do("10:05", resolving.resolve, force.officer, ticket=ticket, answer="x", kind="solved")
    assert refused.value.code == "consultation_open"

    with pytest.raises(NotAllowed):
        do("10:10", consultations.answer_consultation, force.officer, consultation=asked, answer="Tôi tự trả lời")
    do("10:20", consultations.answer_consultation, force.justice_officer, consultation=asked, answer="Được.")
    assert do("10:30", resolving.resolve, force.officer, ticket=ticket, answer="x", kind="solved").status == "resolved"


def test_a_cancelled_consultation_no_longer_holds(force: TaskForce) -> None:
    ticket = force.accepted()
    asked = do("10:00", consultations.request_consultation, force.officer, ticket=ticket, agency="STP", question="?")
    with pytest.raises(Invalid):
        do("10:01", consultations.cancel_consultation, force.officer, consultation=asked, reason=" ")
    do("10:02", consultations.cancel_consultation, force.officer, consultation=asked, reason="Đã có văn bản.")
    with pytest.raises(NotPossible):
        do("10:03", consultations.answer_consultation, force.justice_officer, consultation=asked, answer="Được.")
    assert do("10:04", resolving.resolve, force.officer, ticket=ticket, answer="x", kind="solved").status == "resolved"


def test_an_agency_is_asked_once_at_a_time_and_never_itself(force: TaskForce) -> None:
    ticket = force.accepted()
    do("10:00", consultations.request_consultation, force.officer, ticket=ticket, agency="STP", question="?")
    for code in ("STP", "SXD", "NOWHERE"):
        with pytest.raises(Invalid) as refused:
            do("10:01", consultations.request_consultation, force.officer, ticket=ticket, agency=code, question="?")
        assert set(refused.value.fields) == {"agency"}


def test_nobody_gives_the_opinion_of_an_agency_on_their_own_proposal(force: TaskForce) -> None:
    ticket = force.accepted()
    asked = do("10:00", consultations.request_consultation, force.officer, ticket=ticket, agency="STP", question="?")
    Membership.objects.create(user=force.justice_officer, role=Role.ENTERPRISE, enterprise=ticket.enterprise)
    member = User.objects.get(pk=force.justice_officer.pk)
    with pytest.raises(NotAllowed):
        do("10:10", consultations.answer_consultation, member, consultation=asked, answer="Được.")
    client = Client()
    client.force_login(member)
    refused = client.post(f"/api/v1/consultations/{asked.pk}/answer", {"answer": "Được."}, "application/json")
    assert refused.status_code == 403
    assert Consultation.objects.get(pk=asked.pk).status == Consultation.Status.REQUESTED
