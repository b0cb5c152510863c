"""Mails to the contact person of a proposal filed at a counter: once, in their language, tried again, never lost."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.core import mail

from core import clock
from issues.actions import conversation, filing, resolving
from issues.actor import Actor
from issues.events.drain import drain_all
from issues.mail import contact
from issues.mail.contact import send_contact_notices
from issues.models import ContactNotice, Ticket
from issues.notifications.contact import notify_contact
from tests.issues.conftest import MORNING, TaskForce


@pytest.fixture
def ticket(force: TaskForce) -> Ticket:
    return file_for(force, email="ba@example.com", language="en")


def file_for(force: TaskForce, **changes: Any) -> Ticket:
    behalf = {"tax_code": "0109990027", "name": "Công ty Mới", "contact": "Chị Ba", "phone": "09", **changes}
    with clock.at(MORNING):
        return filing.file_ticket(
            actor=Actor.of(force.coordinator), title="Giấy phép", body="Xin phép.", category="construction",
            channel="counter", on_behalf_of=behalf,
        )  # fmt: skip


def tell(ticket: Ticket) -> None:
    notify_contact(list(ticket.events.order_by("id")))


def test_the_receipt_goes_out_in_the_language_of_the_enterprise(ticket: Ticket) -> None:
    with clock.at(MORNING):
        drain_all()
        assert send_contact_notices() == 1
        assert send_contact_notices() == 0
    [sent] = mail.outbox
    code = ticket.assistance
    assert sent.to == ["ba@example.com"]
    assert sent.subject == f"[{ticket.code}] We have received your proposal"
    [(html, kind)] = sent.alternatives
    assert kind == "text/html"
    for said in (
        code.shown_code,
        f"/en/follow/{ticket.code}/{code.follow_up_code}/",
        "by 17:30 on 18 Nov 2026 (Vietnam time, UTC+7)",
        "Department of Construction",
    ):
        assert said in sent.body, said
        assert said in html, said
    assert ContactNotice.objects.get().state == "sent"


def test_the_answer_follows_and_internal_words_do_not(force: TaskForce, ticket: Ticket) -> None:
    officer = Actor.of(force.officer)
    with clock.at(MORNING):
        resolving.accept(ticket=ticket, actor=officer)
        conversation.post_message(ticket=ticket, actor=officer, body="Kín.", visibility="internal")
        resolving.resolve(ticket=ticket, actor=officer, answer="Được miễn phép.", kind="solved")
        tell(ticket)
        tell(ticket)
        assert send_contact_notices() == 2
    assert "Được miễn phép." in mail.outbox[1].body
    assert not any("Kín." in sent.body for sent in mail.outbox)


def test_nobody_is_mailed_without_an_address_or_long_afterwards(force: TaskForce, ticket: Ticket) -> None:
    silent = file_for(force, email="")
    own = force.file()
    with clock.at(MORNING + timedelta(days=4)):
        for filed in (silent, own, ticket):
            tell(filed)
    assert not ContactNotice.objects.exists()


@pytest.mark.parametrize("error", [ConnectionError("away"), SMTPRecipientsRefused({})])
def test_a_failure_is_tried_again_unless_the_address_is_refused(
    ticket: Ticket, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def refuse(_row: ContactNotice, _agencies: Any) -> Any:
        raise error

    with clock.at(MORNING):
        tell(ticket)
        monkeypatch.setattr(contact, "compose_contact", refuse)
        assert send_contact_notices() == 0
    row = ContactNotice.objects.get()
    over = isinstance(error, SMTPRecipientsRefused)
    assert (row.state, row.attempts) == ("failed" if over else "waiting", 1)
    assert row.last_error.startswith(type(error).__name__)
    monkeypatch.undo()
    with clock.at(MORNING + timedelta(minutes=1)):
        assert send_contact_notices() == (0 if over else 1)


def test_after_eight_tries_it_is_given_up(ticket: Ticket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contact, "compose_contact", lambda _row, _agencies: 1 / 0)
    with clock.at(MORNING):
        tell(ticket)
    for day in range(8):
        with clock.at(MORNING + timedelta(days=day)):
            send_contact_notices()
    assert ContactNotice.objects.get().state == "failed"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_kind_of_event_has_its_mail(force: TaskForce, language: str) -> None:
    helped = file_for(force, email="ba@example.com", language=language).assistance
    officer = Actor.of(force.officer)
    with clock.at(MORNING):
        resolving.accept(ticket=helped.ticket, actor=officer)
        resolving.request_info(ticket=helped.ticket, actor=officer, question="Ở đâu?")
        tell(helped.ticket)
        send_contact_notices()
    assert "Ở đâu?" in mail.outbox[-1].body
    assert "{" not in mail.outbox[-1].body
