"""The table of mails, from their bytes to the ticket: what becomes the message, what stays folded, what is refused."""

from email.message import EmailMessage
from typing import Any

import pytest

from issues.actions.receiving import Refused, Taken, receive
from issues.mail.inbound.incoming import read
from issues.mail.reply_address import ReplyAddress
from issues.models import Message, Ticket, TicketEvent
from tests.issues.conftest import TaskForce
from tests.issues.mail.inbound.mails import MAILS, Mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def ticket(force: TaskForce, settings: Any) -> Ticket:
    settings.TN_MAIL_REPLY_DOMAIN = "reply.example.vn"
    settings.TN_MAIL_RAW_DAYS = 0
    return force.accepted()


def raw(mail: Mail, sender: str, address: str) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Message-ID"] = sender, address, f"<{abs(hash(mail.name))}@x.vn>"
    message.set_content(mail.text, subtype="html" if mail.is_html else "plain")
    return message.as_bytes()


def test_every_mail_of_the_table(ticket: Ticket, force: TaskForce) -> None:
    address = ReplyAddress(ticket.code or "", force.filer.pk).write()
    for mail in MAILS:
        incoming = read(raw(mail, force.filer.email, address))
        if not mail.own:
            with pytest.raises(Refused):
                receive(incoming)
            continue
        assert receive(incoming) == Taken.MESSAGE, mail.name
        assert Message.objects.latest("pk").body == mail.own, mail.name
        event = TicketEvent.objects.filter(ticket=ticket, type="message.posted").latest("pk")
        assert mail.cut in event.data["rest"], mail.name
    assert Message.objects.count() == sum(bool(mail.own) for mail in MAILS)
