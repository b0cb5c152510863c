"""Answers by mail: the signed address, who may write by it, what becomes of the mail, and every polite refusal."""

from email.message import EmailMessage
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from accounts.models import Membership, User
from core import clock
from issues.actions import enterprise, resolving
from issues.actions.receiving import Refused, Taken, receive
from issues.actions.taking_back import take_back_words
from issues.actor import Actor
from issues.events.drain import drain
from issues.mail.compose import compose
from issues.mail.inbound.incoming import read
from issues.mail.reply_address import ReplyAddress
from issues.models import Attachment, MailRecord, Message, Notification, ReceivedMail, Ticket, TicketEvent, TicketStatus
from issues.notifications.mail import MAIL
from tests.issues.conftest import TaskForce, at
from tests.issues.web.conftest import PDF

pytestmark = pytest.mark.django_db
DOMAIN = "reply.example.vn"


@pytest.fixture(autouse=True)
def _takes_replies(settings: Any) -> None:
    settings.TN_MAIL_REPLY_DOMAIN = DOMAIN


def address(ticket: Ticket, user: User) -> str:
    return ReplyAddress(ticket.code or "", user.pk).write()


def a_mail(ticket: Ticket, user: User, text: str = "Diện tích 1.200 m².", **headers: str) -> EmailMessage:
    message = EmailMessage()
    fields = {"From": f"A <{user.email}>", "To": address(ticket, user), "Subject": "Re: x", "Message_ID": "<1@x.vn>"}
    for name, value in {**fields, **headers}.items():
        if value:
            message[name.replace("_", "-")] = value
    message.set_content(text)
    return message


def take(message: EmailMessage, **options: str) -> Taken:
    return receive(read(message.as_bytes()), **options)


@pytest.fixture
def asked(force: TaskForce) -> Ticket:
    ticket = force.accepted()
    with clock.at(at("2026-11-18 10:00")):
        return resolving.request_info(ticket=ticket, actor=Actor.of(force.officer), question="Diện tích?")


class TestOurMails:
    def sent(self, user: User, type_: str) -> Any:
        with clock.at(at("2026-11-18 10:01")):
            drain(MAIL)
        rows = Notification.objects.select_related("user", "event__ticket").filter(user=user, channel="mail")
        return rows.get(event__type=type_)

    def test_they_say_where_an_answer_goes(self, asked: Ticket, force: TaskForce) -> None:
        row = self.sent(force.filer, "ticket.info_requested")
        message = compose(row)
        assert message.extra_headers["Reply-To"] == address(asked, force.filer)
        assert message.message()["Reply-To"] == address(asked, force.filer)
        assert "Thư trả lời không có người đọc" not in message.body
        assert "Reply-To" not in compose(row, personal=False).extra_headers

    def test_without_a_domain_they_say_that_nobody_reads_it(
        self, asked: Ticket, force: TaskForce, settings: Any
    ) -> None:
        settings.TN_MAIL_REPLY_DOMAIN = ""
        message = compose(self.sent(force.filer, "ticket.info_requested"))
        assert "Reply-To" not in message.extra_headers
        assert "Thư trả lời không có người đọc" in message.body

    def test_an_officer_cannot_answer_a_routing_to_all_the_world(self, asked: Ticket, force: TaskForce) -> None:
        assert "Reply-To" not in compose(self.sent(force.officer, "ticket.routed")).extra_headers


class TestTaken:
    def test_the_answer_that_the_ticket_waits_for(self, asked: Ticket, force: TaskForce) -> None:
        text = "Diện tích 1.200 m².\n\nOn Wed, Nov 18, 2026 at 10 Trong Ngày <no-reply@x.vn> wrote:\n> Diện tích?"
        with clock.at(at("2026-11-18 10:30")):
            assert take(a_mail(asked, force.filer, text)) == Taken.ANSWER
        event = TicketEvent.objects.get(ticket=asked, type="ticket.info_provided")
        assert (event.actor, event.data["text"]) == (force.filer, "Diện tích 1.200 m².")
        assert Ticket.objects.get(pk=asked.pk).status == TicketStatus.IN_PROGRESS

    def test_else_a_message_to_all_parties(self, force: TaskForce) -> None:
        ticket = force.accepted()
        assert take(a_mail(ticket, force.filer)) == Taken.MESSAGE
        assert take(a_mail(ticket, force.officer, "Đã nhận.", Message_ID="<2@x.vn>")) == Taken.MESSAGE
        assert [(m.author, m.body, m.visibility) for m in Message.objects.order_by("id")] == [
            (force.filer, "Diện tích 1.200 m².", "parties"), (force.officer, "Đã nhận.", "parties"),
        ]  # fmt: skip

    def test_the_same_mail_twice_is_taken_once(self, force: TaskForce) -> None:
        ticket = force.accepted()
        assert [take(a_mail(ticket, force.filer)) for _ in range(2)] == [Taken.MESSAGE, Taken.REPEATED]
        no_id = a_mail(ticket, force.filer, "Khác", Message_ID="")
        assert [take(no_id) for _ in range(2)] == [Taken.MESSAGE, Taken.REPEATED]
        assert Message.objects.count() == 2

    def test_files_come_along_and_pictures_of_signatures_do_not(
        self, force: TaskForce, settings: Any, tmp_path: Any
    ) -> None:
        settings.PRIVATE_MEDIA_ROOT = tmp_path
        message = a_mail(force.accepted(), force.filer)
        message.add_attachment(PDF, maintype="application", subtype="pdf", filename="Bản vẽ.pdf")
        message.add_attachment(
            b"\x89PNG", maintype="image", subtype="png", filename="logo.png", disposition="inline", cid="<logo@x>"
        )
        message.add_attachment(b"x", maintype="application", subtype="pkcs7-signature", filename="smime.p7s")
        assert take(message) == Taken.MESSAGE
        assert [file.name for file in Attachment.objects.all()] == ["Bản vẽ.pdf"]

    def test_a_mail_that_has_only_html(self, force: TaskForce) -> None:
        message = a_mail(force.accepted(), force.filer)
        message.clear_content()
        message.set_content("<p>Vâng, <b>đúng</b>.</p><blockquote>Hỏi?</blockquote>", subtype="html")
        take(message)
        assert Message.objects.get().body == "Vâng, đúng."

    def test_the_envelope_wins_over_the_headers(self, force: TaskForce) -> None:
        ticket, other = force.accepted(), force.accepted()
        take(a_mail(ticket, force.filer, To=address(other, force.filer)), recipient=address(ticket, force.filer))
        assert Message.objects.get().ticket == ticket

    @pytest.mark.parametrize(
        "headers",
        [{"Auto_Submitted": "auto-replied"}, {"Precedence": "bulk"}, {"X_Autoreply": "yes"}, {"Return_Path": "<>"}],
    )
    def test_machines_are_not_answered_and_not_kept(self, force: TaskForce, headers: dict[str, str]) -> None:
        assert take(a_mail(force.accepted(), force.filer, **headers)) == Taken.AUTOMATIC
        assert not Message.objects.exists()


class TestRefused:
    def refused(self, message: EmailMessage, status: int, words: str = "", **options: str) -> None:
        with pytest.raises(Refused) as caught:
            take(message, **options)
        assert caught.value.status == status
        assert words in str(caught.value)
        assert str(caught.value).endswith(("Nothing from this mail was saved.", "Thư này không được lưu lại."))
        assert not ReceivedMail.objects.exists()
        assert MailRecord.objects.get().reason == str(caught.value)
        MailRecord.objects.all().delete()
        assert not Message.objects.exists()
        assert not Attachment.objects.exists()

    def test_an_address_that_is_none(self, force: TaskForce) -> None:
        ticket = force.accepted()
        for to in (f"reply+kn-1.a.{'0' * 24}@{DOMAIN}", f"info@{DOMAIN}", "", "không phải"):
            self.refused(a_mail(ticket, force.filer, To=to), 404)

    def test_somebody_else_by_a_forwarded_address(self, force: TaskForce) -> None:
        ticket = force.accepted()
        self.refused(a_mail(ticket, force.filer, From=force.other_filer.email), 403, force.filer.email[:2])
        self.refused(a_mail(ticket, force.filer, From=f"{force.filer.email}, b@x.vn"), 403)
        self.refused(a_mail(ticket, force.filer, From=""), 403)

    def test_the_person_who_may_no_longer_see_the_ticket(self, force: TaskForce) -> None:
        ticket = force.accepted()
        Membership.objects.filter(user=force.filer).delete()
        self.refused(a_mail(ticket, force.filer), 404)
        force.filer.is_active = False
        force.filer.save()
        self.refused(a_mail(ticket, force.filer), 401)

    def test_a_ticket_that_is_over(self, force: TaskForce) -> None:
        ticket = enterprise.withdraw(ticket=force.accepted(), actor=Actor.of(force.filer))
        self.refused(a_mail(ticket, force.filer), 409)

    def test_a_mail_without_own_words(self, force: TaskForce) -> None:
        self.refused(a_mail(force.accepted(), force.filer, "> Diện tích?\n"), 422)

    def test_a_text_that_is_too_long(self, force: TaskForce) -> None:
        self.refused(a_mail(force.accepted(), force.filer, "dài " * 6000), 422)

    def test_a_file_that_is_refused_takes_the_words_back_and_is_named(self, force: TaskForce) -> None:
        message = a_mail(force.accepted(), force.filer)
        message.add_attachment(b"MZ\0", maintype="application", subtype="octet-stream", filename="chạy.exe")
        self.refused(message, 422, "chạy.exe")

    def test_the_reason_is_in_the_language_of_the_person(self, force: TaskForce) -> None:
        User.objects.filter(pk=force.filer.pk).update(language="en")
        self.refused(a_mail(force.accepted(), force.filer, "> x"), 422, "Your mail has no new text.")


class TestRest:
    """What was cut stays with the message, folded, for its audience."""

    QUOTED = "Diện tích?"
    TEXT = f"1.200 m².\n\nOn Wed, Nov 18, 2026 at 10:02 Trong Ngày <no-reply@x.vn> wrote:\n> {QUOTED}"

    def page(self, ticket: Ticket, user: User) -> str:
        client = Client()
        client.force_login(user)
        return client.get(reverse("issues:ticket", args=[ticket.code])).content.decode()

    def folded(self, ticket: Ticket, user: User) -> list[str]:
        page = BeautifulSoup(self.page(ticket, user), "html.parser")
        return [found.get_text(" ", strip=True) for found in page.select("details[id^=rest-]")]

    def test_of_an_answer_for_everybody_who_reads_it(self, asked: Ticket, force: TaskForce) -> None:
        with clock.at(at("2026-11-18 10:30")):
            take(a_mail(asked, force.filer, self.TEXT))
        event = TicketEvent.objects.get(ticket=asked, type="ticket.info_provided")
        assert event.data["text"] == "1.200 m²."
        assert event.data["rest"].endswith(f"> {self.QUOTED}")
        for reader in (force.filer, force.officer):
            assert [self.QUOTED in text for text in self.folded(asked, reader)] == [True]

    def test_of_an_officers_mail_for_agencies_alone(self, force: TaskForce) -> None:
        ticket = force.accepted()
        take(a_mail(ticket, force.officer, self.TEXT))
        assert [self.QUOTED in text for text in self.folded(ticket, force.officer)] == [True]
        assert self.folded(ticket, force.filer) == []
        assert self.QUOTED not in self.page(ticket, force.filer)
        client = Client()
        client.force_login(force.filer)
        events = client.get(f"/api/v1/tickets/{ticket.code}/events").json()["events"]
        assert [event["data"]["body"] for event in events if event["type"] == "message.posted"] == ["1.200 m²."]
        assert self.QUOTED not in str(events)

    def test_of_a_message_that_was_taken_back_it_is_hidden(self, force: TaskForce) -> None:
        ticket = force.accepted()
        take(a_mail(ticket, force.filer, self.TEXT))
        event = TicketEvent.objects.get(ticket=ticket, type="message.posted")
        take_back_words(ticket=ticket, actor=Actor.of(force.filer), event_id=event.pk)
        assert self.folded(ticket, force.filer) == []

    def test_a_mail_of_which_nothing_was_cut_shows_nothing(self, force: TaskForce) -> None:
        ticket = force.accepted()
        take(a_mail(ticket, force.filer))
        assert self.folded(ticket, force.filer) == []
