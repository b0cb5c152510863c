"""The command that a mail server calls."""

import io
import os
import sys
from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

import pytest
from django.core.management import call_command

from accounts.models import User
from issues.mail.reply_address import ReplyAddress
from issues.management.commands import receive_mail
from issues.models import Message, Ticket
from tests.issues.conftest import TaskForce

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
