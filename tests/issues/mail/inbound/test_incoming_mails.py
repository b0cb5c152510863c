"""The table of mails: whole mails of our own, byte by byte, and what becomes of each of them on a ticket that asks."""

from contextlib import suppress
from typing import Any

import pytest

from accounts.models import User
from core import clock
from issues.actions import resolving
from issues.actions.receiving import Refused, receive
from issues.actor import Actor
from issues.mail.inbound.incoming import read
from issues.mail.reply_address import ReplyAddress
from issues.models import Attachment, MailRecord, Message, Ticket, TicketEvent, TicketStatus
from tests.core.test_charsets import by_1258, old
from tests.issues.conftest import TaskForce, at
from tests.issues.mail.inbound.building import PNG, attached, mail, part, several, shown
from tests.issues.mail.inbound.test_mime_parts import CALENDAR, DRAWING, HTML, OUTLOOK, SAID, WORDS

pytestmark = pytest.mark.django_db
ANSWER, MESSAGE, AUTOMATIC, REFUSED = "answer", "message", "automatic", "refused"
AWAY = part("Tôi đang đi công tác đến ngày 20/11/2026.")
REPORT = several("report", part("Không gửi được."), part("x", "message/delivery-status"))
REPLY = part(CALENDAR.replace("REQUEST", "REPLY"), "text/calendar; method=REPLY")


def eight_bits(raw: bytes, charset: str = "") -> bytes:
    """A text as bytes, with the name of its character set or without."""
    named = f"; charset={charset}" if charset else ""
    return f"Content-Type: text/plain{named}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n".encode() + raw


# What it is: fields, body; the effect, the text that is kept, files, names of what is left out.
TABLE: dict[str, tuple[dict[str, str], bytes, str, str, list[str], list[str]]] = {
    # Structure
    "a plain answer": ({}, WORDS, ANSWER, SAID, [], []),
    "text, image, text": (
        {}, several("mixed", part("Móng ở đây:"), shown(PNG, "mong.png"), part("Tường ở trên.")),
        ANSWER, "Móng ở đây:\nTường ở trên.", ["mong.png"], [],
    ),
    "a drawing inside of the HTML version": (
        {}, several("alternative", WORDS, several("related", HTML, DRAWING)), ANSWER, SAID, ["ban-ve.pdf"], [],
    ),
    "signed, with a drawing": (
        {}, several("signed", several("mixed", WORDS, DRAWING), attached(b"0", "smime.p7s")),
        ANSWER, SAID, ["ban-ve.pdf"], ["smime.p7s"],
    ),
    "Outlook with winmail.dat": (
        {}, several("mixed", WORDS, attached(OUTLOOK, "winmail.dat")), ANSWER, SAID, ["Bản vẽ móng.pdf"], [],
    ),
    "Outlook with a broken winmail.dat": (
        {}, several("mixed", WORDS, attached(b"x", "winmail.dat")), ANSWER, SAID, [], ["winmail.dat"],
    ),
    "a card and a key": (
        {}, several("mixed", WORDS, attached(b"x", "a.vcf"), attached(b"x", "khoa.asc")),
        ANSWER, SAID, [], ["a.vcf", "khoa.asc"],
    ),
    "a forwarded mail": (
        {}, several("mixed", WORDS, b"Content-Type: message/rfc822\r\n\r\n" + mail(WORDS, Subject="Cu")),
        ANSWER, SAID, [], ["Cu"],
    ),
    "words behind the file": (
        {}, several("mixed", WORDS, DRAWING, attached("Thêm: 2 tầng.".encode(), "ATT00002.txt", "text/plain")),
        ANSWER, f"{SAID}\nThêm: 2 tầng.", ["ban-ve.pdf"], [],
    ),
    "a logo of a kind that is not accepted": (
        {}, several("related", HTML, shown(b"GIF89a" + b"x" * 6000, "logo.gif", "image/gif")),
        ANSWER, SAID, [], ["logo.gif"],
    ),
    "a logo without a name": ({}, several("related", HTML, shown(PNG, "")), ANSWER, SAID, [], ["image/png"]),
    "only a drawing": ({}, several("mixed", part(""), DRAWING), ANSWER, "Files sent by e-mail: ban-ve.pdf",
                       ["ban-ve.pdf"], []),
    "only the logo of a signature": (
        {}, several("related", part(" ", "text/html"), shown(PNG, "logo.png")), MESSAGE, "", ["logo.png"], [],
    ),
    "nothing": ({}, part(" \n"), REFUSED, "", [], []),
    "only a card": ({}, several("mixed", part(""), attached(b"x", "a.vcf")), REFUSED, "", [], []),
    "only ciphertext": ({}, several("encrypted", part("Version: 1", "application/pgp-encrypted")), REFUSED, "", [], []),
    "a program": ({}, several("mixed", WORDS, attached(b"MZ\0", "chay.exe")), REFUSED, "", [], []),
    # Characters
    "UTF-8 that says Latin-1": ({}, eight_bits(SAID.encode(), "iso-8859-1"), ANSWER, SAID, [], []),
    "UTF-8 that says nothing": ({}, eight_bits(SAID.encode()), ANSWER, SAID, [], []),
    "UTF-8 of an unknown name": ({}, eight_bits(SAID.encode(), "x-vn"), ANSWER, SAID, [], []),
    "windows-1258": ({}, eight_bits(by_1258("Đã nộp đủ."), "windows-1258"), ANSWER, "Đã nộp đủ.", [], []),
    "TCVN3 that says Latin-1": ({}, eight_bits(old("tcvn3", "Đã nộp đủ."), "iso-8859-1"), ANSWER, "Đã nộp đủ.", [], []),
    "VISCII that says nothing": ({}, eight_bits(old("viscii", "Đã nộp đủ.")), ANSWER, "Đã nộp đủ.", [], []),
    "UTF-16": ({}, part("Đã nộp đủ.".encode("utf-16"), "text/plain; charset=utf-16"), ANSWER, "Đã nộp đủ.", [], []),
    "damaged UTF-8": (
        {}, eight_bits("Đã nộp đủ hồ sơ".encode()[:-1], "utf-8"),
        ANSWER, "Đã nộp đủ hồ s\ufffd", ["Text of the e-mail as it came.txt"], [],
    ),
    # Machine or person
    "an answer of a program": ({"Auto-Submitted": "auto-replied"}, WORDS, AUTOMATIC, "", [], []),
    "by its subject alone": ({"Subject": "Trả lời tự động: [KN] Câu hỏi"}, WORDS, AUTOMATIC, "", [], []),
    "in English": ({"Subject": "Automatic reply: [KN] x"}, WORDS, AUTOMATIC, "", [], []),
    "by its words alone": ({}, AWAY, MESSAGE, "Tôi đang đi công tác đến ngày 20/11/2026.", [], []),
    "not certain": ({"X-Auto-Response-Suppress": "All"}, WORDS, MESSAGE, SAID, [], []),
    "a person on a mailing list": ({"Precedence": "list"}, WORDS, ANSWER, SAID, [], []),
    "a bounce": ({"From": "MAILER-DAEMON@x.vn", "Return-Path": "<>"}, REPORT, AUTOMATIC, "", [], []),
    "an answer of a calendar": ({}, REPLY, AUTOMATIC, "", [], []),
    "an answer of a calendar with words": (
        {}, several("alternative", WORDS, REPLY), MESSAGE, SAID, [], ["text/calendar"],
    ),
    # Sender
    "two senders": ({"From": "{user}, b@y.vn"}, WORDS, REFUSED, "", [], []),
    "no sender": ({"From": ""}, WORDS, REFUSED, "", [], []),
    "a disguised sender": ({"From": '"{user}" <b@y.vn>'}, WORDS, REFUSED, "", [], []),
}  # fmt: skip


@pytest.fixture(autouse=True)
def _takes_replies(settings: Any, tmp_path: Any) -> None:
    settings.TN_MAIL_REPLY_DOMAIN = "reply.example.vn"
    settings.PRIVATE_MEDIA_ROOT = tmp_path


@pytest.mark.parametrize("name", TABLE)
def test_what_becomes_of_a_mail(name: str, force: TaskForce) -> None:
    fields, body, effect, words, files, left_out = TABLE[name]
    User.objects.filter(pk=force.filer.pk).update(language="en")
    ticket = force.accepted()
    with clock.at(at("2026-11-18 10:00")):
        resolving.request_info(ticket=ticket, actor=Actor.of(force.officer), question="Diện tích?")
    own = {"From": f"A <{force.filer.email}>", "To": ReplyAddress(ticket.code or "", force.filer.pk).write()}
    own |= {key: value.format(user=force.filer.email) for key, value in fields.items()}
    with clock.at(at("2026-11-18 10:30")), suppress(Refused):
        receive(read(mail(body, **own)))
    record = MailRecord.objects.get()
    assert (record.outcome, record.ticket, record.user) == (effect, ticket, force.filer)
    assert record.reason or effect in (ANSWER, MESSAGE)
    now = Ticket.objects.get(pk=ticket.pk)
    is_answer = effect == ANSWER
    assert now.status == (TicketStatus.IN_PROGRESS if is_answer else TicketStatus.AWAITING_ENTERPRISE)
    assert (now.paused_at is None) == is_answer
    kept = [event.data["text"] for event in TicketEvent.objects.filter(ticket=ticket, type="ticket.info_provided")]
    assert [*kept, *Message.objects.values_list("body", flat=True)] == ([words] if words else [])
    assert [file.name for file in Attachment.objects.order_by("id")] == files
    noted = [event.data for event in TicketEvent.objects.filter(ticket=ticket, type="mail.noted")]
    assert [part["name"] for data in noted for part in data["left_out"]] == left_out
    assert [data["as_message"] for data in noted if data["as_message"]] == ([True] if effect == MESSAGE else [])
