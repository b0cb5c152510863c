"""Mails are read or refused, whatever they are."""

import quopri
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issues.mail.inbound.incoming import Unreadable, read
from tests.issues.mail.inbound.building import PNG, part, several, shown
from tests.issues.mail.inbound.building import mail as mail_of

pytestmark = pytest.mark.django_db
DOMAIN = "reply.example.vn"


@pytest.fixture(autouse=True)
def _takes_replies(settings: Any) -> None:
    settings.TN_MAIL_REPLY_DOMAIN = DOMAIN


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    head = b"To: a@b.vn\nContent-Type: multipart/mixed; boundary=x\n\n--x\n"
    mail = read(head + raw)
    with suppress(Unreadable):
        assert isinstance(mail.body.text, str)


@given(st.binary(max_size=300))
def test_any_head_is_read(raw: bytes) -> None:
    mail = read(raw)
    assert len(mail.identity) == 64
    assert bool(mail.sender.address) != bool(mail.sender.problem)


def test_a_quotation_of_the_first_text_says_nothing_about_the_second() -> None:
    asked = "Đây.\n\nOn Wed, Nov 18, 2026 at 10:02 AM A <a@x.vn> wrote:\n\n> Hỏi?\n"
    mail = read(mail_of(several("mixed", part(asked), shown(PNG, "a.png"), part("Và đây."))))
    assert mail.text == "Đây.\nVà đây."


def test_a_mail_is_the_same_by_identification_and_content() -> None:
    one, other = (read(mail_of(part(text))).identity for text in ("Một", "Hai"))
    assert one != other
    assert one == read(b"X-Seen: 1\r\n" + mail_of(part("Một")) + b"\r\n").identity
    assert one != read(mail_of(part("Một"), Message_ID="<2@x.vn>")).identity


def test_the_original_stands_beside_what_cannot_be_read() -> None:
    raw = b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + "Hồ sơ đủ".encode()[:-1]
    body = read(mail_of(raw)).body
    assert "\ufffd" in body.text
    assert quopri.decodestring(body.original) == "Hồ sơ đủ".encode()[:-1]
    assert not read(mail_of(part("Hồ sơ đủ"))).body.original


def test_a_long_head_is_cut() -> None:
    assert read(b"Subject: x\r\n" + b"X: y\r\n" * 100_000 + b"\r\nbody").subject == "x"
