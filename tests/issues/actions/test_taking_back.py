"""Taking back what one has just written or asked, while nobody has reacted."""

import re
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from core import clock
from core.errors import NotPossible, NotVisible
from issues.actions import consultations, conversation, resolving
from issues.actions.taking_back import take_back_questions, take_back_words
from issues.actor import Actor
from issues.events.drain import drain
from issues.events.verify import verify
from issues.mail.receivable import receivable
from issues.models import Consultation, Message, Notification, Ticket, TicketEvent
from issues.notifications.mail import MAIL
from tests.issues.conftest import TaskForce, at


def newest(ticket: Ticket) -> TicketEvent:
    return TicketEvent.objects.filter(ticket=ticket).latest("id")


def write(user: User, ticket: Ticket, body: str = "Nhầm hồ sơ", **fields: Any) -> TicketEvent:
    with clock.at(at("2026-11-18 09:10")):
        conversation.post_message(ticket=ticket, actor=Actor.of(user), body=body, **fields)
    return newest(ticket)


def pages(force: TaskForce, ticket: Ticket) -> str:
    client = Client()
    found = ""
    for user in (force.officer, force.filer):
        client.force_login(user)
        found += client.get(f"/en/tickets/{ticket.code}/").content.decode()
    return found


class TestWords:
    def test_pages_no_longer_show_them_and_the_log_keeps_both(self, force: TaskForce) -> None:
        ticket = force.accepted()
        event = write(force.filer, ticket)
        take_back_words(ticket=ticket, actor=Actor.of(force.filer), event_id=event.pk)
        page = pages(force, ticket)
        assert "Nhầm hồ sơ" not in page
        assert "withdrawn" in page
        told = list(TicketEvent.objects.filter(ticket=ticket).order_by("id").values_list("type", flat=True))
        assert told[-2:] == ["message.posted", "message.taken_back"]
        assert verify().ok

    def test_a_note_kept_inside_is_taken_back_inside(self, force: TaskForce) -> None:
        ticket = force.accepted()
        event = write(force.officer, ticket, visibility="internal", internal_to="SXD")
        take_back_words(ticket=ticket, actor=Actor.of(force.officer), event_id=event.pk)
        assert (newest(ticket).type, newest(ticket).internal_to) == ("note.taken_back", "SXD")

    def test_mails_that_wait_are_not_sent(self, force: TaskForce) -> None:
        ticket = force.accepted()
        event = write(force.filer, ticket)
        with clock.at(at("2026-11-18 09:10")):
            drain(MAIL)
        rows = Notification.objects.select_related("user", "event__ticket")
        row = rows.get(event=event, user=force.officer, channel="mail")
        assert receivable([row])
        take_back_words(ticket=ticket, actor=Actor.of(force.filer), event_id=event.pk)
        assert not receivable([row])

    def test_not_once_somebody_has_reacted(self, force: TaskForce) -> None:
        ticket = force.accepted()
        event = write(force.filer, ticket)
        write(force.officer, ticket, "Cảm ơn")
        with pytest.raises(NotPossible):
            take_back_words(ticket=ticket, actor=Actor.of(force.filer), event_id=event.pk)
        assert Message.objects.filter(taken_back_at__isnull=False).count() == 0

    def test_not_the_words_of_others_nor_other_events(self, force: TaskForce) -> None:
        ticket = force.accepted()
        accepted = newest(ticket)
        event = write(force.filer, ticket)
        for user, pk in ((force.officer, event.pk), (force.officer, accepted.pk), (force.filer, 10**9)):
            with pytest.raises(NotVisible):
                take_back_words(ticket=ticket, actor=Actor.of(user), event_id=pk)

    def test_not_the_first_response(self, force: TaskForce) -> None:
        ticket = force.accepted()
        event = write(force.officer, ticket, "Đã nhận")
        with pytest.raises(NotPossible) as refused:
            take_back_words(ticket=ticket, actor=Actor.of(force.officer), event_id=event.pk)
        assert refused.value.code == "first_response"


class TestQuestions:
    def ask(self, force: TaskForce, ticket: Ticket) -> None:
        with clock.at(at("2026-11-18 09:10")):
            consultations.request_consultations(
                ticket=ticket, actor=Actor.of(force.officer), agencies=["STP", "STC"], question="Ý kiến?"
            )

    def test_all_that_were_asked_together(self, force: TaskForce) -> None:
        ticket = force.accepted()
        self.ask(force, ticket)
        take_back_questions(ticket=ticket, actor=Actor.of(force.officer), event_id=newest(ticket).pk)
        assert set(Consultation.objects.values_list("status", "cancel_cause")) == {("cancelled", "taken_back")}
        resolving.resolve(ticket=ticket, actor=Actor.of(force.officer), answer="Được.", kind="solved")

    def test_not_once_somebody_has_reacted(self, force: TaskForce) -> None:
        ticket = force.accepted()
        self.ask(force, ticket)
        event = newest(ticket)
        write(force.justice_officer, ticket, "Đang xem")
        with pytest.raises(NotPossible):
            take_back_questions(ticket=ticket, actor=Actor.of(force.officer), event_id=event.pk)


@pytest.mark.parametrize(
    ("name", "fields", "told"),
    [
        ("note", {"body": "Nhầm"}, "note.taken_back"),
        ("consult", {"agencies": ["STP"], "question": "Nhầm"}, "consultation.cancelled"),
    ],
)
def test_by_the_button_of_the_page(force: TaskForce, name: str, fields: dict[str, Any], told: str) -> None:
    ticket = force.accepted()
    client = Client()
    client.force_login(force.officer)
    with clock.at(at("2026-11-18 09:30")):
        page = client.post(f"/en/tickets/{ticket.code}/{name}/", fields, follow=True).content.decode()
        token = re.search(r'name="token" value="([^"]+)"', page)
        assert token is not None
        page = client.post("/en/undo/", {"token": token[1], "next": f"/en/tickets/{ticket.code}/"}, follow=True)
    assert "Withdrawn: " in page.content.decode()
    assert newest(ticket).type == told


def test_no_button_where_it_would_be_refused(force: TaskForce) -> None:
    ticket = force.accepted()
    client = Client()
    client.force_login(force.officer)
    page = client.post(f"/en/tickets/{ticket.code}/message/", {"body": "Đã nhận"}, follow=True).content.decode()
    assert 'name="token"' not in page
