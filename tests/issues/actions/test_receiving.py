"""Answers by mail: the signed address, who may write by it, what becomes of the mail, and every polite refusal."""

import io
import os
import sys
from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Membership, User
from core import clock
from issues.actions import enterprise, resolving
from issues.actions.receiving import Refused, Taken, receive
from issues.actor import Actor
from issues.events.drain import drain
from issues.mail.compose import compose
from issues.mail.inbound.incoming import read
from issues.mail.reply_address import ReplyAddress
from issues.management.commands import receive_mail
from issues.models import Attachment, Message, Notification, ReceivedMail, Ticket, TicketEvent, TicketStatus
from issues.notifications.mail import MAIL
from tests.issues.conftest import TaskForce, at
from tests.issues.web.conftest import PDF

pytestmark = pytest.mark.django_db
DOMAIN = "reply.example.vn"


AUTOMATIC = (
    {"Auto_Submitted": "auto-replied"},
    {"Precedence": "bulk"},
    {"X_Autoreply": "yes"},
    {"Return_Path": "<>"},
)


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


class TestAddress:
    def test_it_is_read_back_whatever_the_case(self) -> None:
        text = ReplyAddress("KN-2026-0034", 812).write()
        assert text.startswith("reply+kn-2026-0034.mk.")
        assert len(text.split("@")[0]) <= 64
        for form in (text, text.upper(), f" {text} "):
            assert ReplyAddress.read(form) == ReplyAddress("KN-2026-0034", 812)

    @pytest.mark.parametrize("change", [("0034", "0035"), (".mk.", ".ml."), ("reply+", "reply"), ("@", "0@")])
    def test_nobody_can_make_one_up(self, change: tuple[str, str]) -> None:
        assert ReplyAddress.read(ReplyAddress("KN-2026-0034", 812).write().replace(*change)) is None

    @given(st.text(max_size=90))
    def test_any_text_is_none(self, text: str) -> None:
        assert ReplyAddress.read(text) is None

    def test_without_a_domain_there_is_none(self, settings: Any) -> None:
        settings.TN_MAIL_REPLY_DOMAIN = ""
        assert ReplyAddress("KN-2026-0034", 812).write() == ""


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
        assert str(caught.value).endswith(("Nothing of this mail was kept.", "Thư này không được lưu lại."))
        assert not ReceivedMail.objects.exists()
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

    def test_whoever_may_no_longer_see_the_ticket(self, force: TaskForce) -> None:
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
        self.refused(a_mail(force.accepted(), force.filer, "> x"), 422, "Your mail has no text of its own.")


class TestCommand:
    @pytest.fixture
    def pipe(self, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str]]:
        def run(raw: bytes, *arguments: str) -> tuple[int, str]:
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
            out, code = io.StringIO(), 0
            try:
                call_command("receive_mail", *arguments, stdout=out, stderr=io.StringIO())
            except SystemExit as stopped:
                code = int(stopped.code or 0)
            return code, out.getvalue()

        return run

    def test_what_is_taken_ends_well_and_says_nothing(self, force: TaskForce, pipe: Any) -> None:
        ticket = force.accepted()
        raw = a_mail(ticket, force.filer, To="x@x.vn").as_bytes()
        assert pipe(raw, "--recipient", address(ticket, force.filer)) == (0, "")
        assert Message.objects.count() == 1

    def test_refusals_are_codes_that_a_mail_server_understands(self, force: TaskForce, pipe: Any) -> None:
        ticket = force.accepted()
        code, text = pipe(a_mail(ticket, force.filer, To="nobody@x.vn").as_bytes())
        assert (code, bool(text)) == (os.EX_NOUSER, True)
        assert pipe(a_mail(ticket, force.filer, From="b@x.vn").as_bytes())[0] == os.EX_NOPERM
        assert pipe(a_mail(ticket, force.filer, "> x").as_bytes())[0] == os.EX_DATAERR

    def test_a_failure_of_ours_lets_the_server_keep_it(self, force: TaskForce, pipe: Any, monkeypatch: Any) -> None:
        def broken(*_args: Any, **_kwargs: Any) -> None:
            raise OSError("the database is away")

        monkeypatch.setattr(receive_mail, "receive", broken)
        code, text = pipe(a_mail(force.accepted(), force.filer).as_bytes())
        assert (code, text) == (os.EX_TEMPFAIL, "")

    def test_a_mail_that_is_too_large(self, pipe: Any, settings: Any) -> None:
        settings.MAX_UPLOAD_BYTES = 1_000
        assert pipe(b"x" * 2_001)[0] == os.EX_DATAERR

    @pytest.mark.parametrize(
        "raw",
        [
            b"", b"\0\0\0", b"\xff" * 100, b"From: \nTo: \n\n", b"Content-Type: multipart/mixed\n\nx",
            b"Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: text/plain; charset=nope\n\nx\n--a--",
            b"Content-Transfer-Encoding: base64\n\n!!!", b"To: =?utf-8?b?//?=\nFrom: <<>>\n\nx",
            b"Content-Type: text/plain; charset=\"\xff\"\n\n\xe9", b"To: " + b"a@b," * 5_000 + b"\n\nx",
        ],
    )  # fmt: skip
    def test_broken_mails_are_refused_and_break_nothing(self, pipe: Any, raw: bytes) -> None:
        assert pipe(raw)[0] in (os.EX_NOUSER, os.EX_DATAERR)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    head = b"To: a@b.vn\nContent-Type: multipart/mixed; boundary=x\n\n--x\n"
    read(head + raw)
