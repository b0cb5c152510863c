"""Mail for a ticket in another state than the mail supposes, and mails that come twice."""

import re
from email.message import EmailMessage
from typing import Any

import pytest

from accounts.models import User
from core import clock
from issues.actions import enterprise, merging, resolving
from issues.actions.receiving import Refused, Taken, receive
from issues.actor import Actor
from issues.mail.inbound.incoming import largest_mail, read
from issues.models import MailRecord, Message, Ticket
from tests.issues.actions.test_receiving import a_mail, take
from tests.issues.conftest import TaskForce, at

pytestmark = pytest.mark.django_db
NOT_SOLVED = "Chưa giải quyết được, hồ sơ vẫn bị trả."


@pytest.fixture(autouse=True)
def _takes_replies(settings: Any, tmp_path: Any) -> None:
    settings.TN_MAIL_REPLY_DOMAIN = "reply.example.vn"
    settings.PRIVATE_MEDIA_ROOT = tmp_path


@pytest.fixture
def answered(force: TaskForce) -> Ticket:
    User.objects.filter(pk=force.filer.pk).update(language="en")
    ticket = force.accepted()
    with clock.at(at("2026-11-18 11:00")):
        return resolving.resolve(ticket=ticket, actor=Actor.of(force.officer), answer="Không phải xin.", kind="solved")


def refused(message: EmailMessage) -> str:
    with pytest.raises(Refused) as caught:
        take(message)
    return str(caught.value)


class TestOver:
    def test_closed_in_time_to_reopen(self, answered: Ticket, force: TaskForce) -> None:
        with clock.at(at("2026-11-18 12:00")):
            enterprise.confirm(ticket=answered, actor=Actor.of(force.filer))
            said = refused(a_mail(answered, force.filer, NOT_SOLVED))
        assert f"/en/tickets/{answered.code}/?tab=reopen#reopen" in said
        assert re.search(r"You can reopen it until 17:30 on \d Dec 2026 \(Vietnam time, UTC\+7\)", said)
        assert "reopening/" not in said  # a bounce goes to whom the server believes, so it has no link that acts

    def test_closed_for_good(self, answered: Ticket, force: TaskForce) -> None:
        with clock.at(at("2026-11-18 12:00")):
            enterprise.confirm(ticket=answered, actor=Actor.of(force.filer))
        with clock.at(at("2027-01-18 12:00")):
            assert "File a new one: http://testserver/en/tickets/new/" in refused(a_mail(answered, force.filer))

    def test_withdrawn(self, force: TaskForce) -> None:
        User.objects.filter(pk=force.filer.pk).update(language="en")
        ticket = enterprise.withdraw(ticket=force.accepted(), actor=Actor.of(force.filer))
        assert "file it again: http://testserver/en/tickets/new/" in refused(a_mail(ticket, force.filer))

    def test_an_officer_is_not_offered_what_only_the_enterprise_can_do(self, force: TaskForce) -> None:
        ticket = enterprise.withdraw(ticket=force.accepted(), actor=Actor.of(force.filer))
        assert "http" not in refused(a_mail(ticket, force.officer))

    def test_into_one_that_is_over(self, force: TaskForce) -> None:
        User.objects.filter(pk=force.filer.pk).update(language="en")
        first, second = force.accepted(), force.accepted()
        Ticket.objects.filter(pk=second.pk).update(
            enterprise=force.other_filer.memberships.get().enterprise, filer=force.other_filer
        )
        merging.merge(ticket=first, actor=Actor.of(force.coordinator), into=second.code)
        enterprise.withdraw(ticket=second, actor=Actor.of(force.other_filer))
        assert f"/en/tickets/{first.code}/" in refused(a_mail(first, force.filer))


class TestAgain:
    def test_two_mails_of_one_identification_are_two(self, force: TaskForce) -> None:
        ticket = force.accepted()
        assert take(a_mail(ticket, force.filer, "Một")) == Taken.MESSAGE
        assert take(a_mail(ticket, force.filer, "Hai")) == Taken.MESSAGE
        assert [message.body for message in Message.objects.order_by("id")] == ["Một", "Hai"]

    def test_servers_on_the_way_make_no_difference(self, force: TaskForce) -> None:
        message = a_mail(force.accepted(), force.filer)
        raw = message.as_bytes()
        assert receive(read(raw)) == Taken.MESSAGE
        moved = b"Received: from a by b\r\n" + raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n") + b"\r\n"
        assert receive(read(moved)) == Taken.REPEATED

    def test_a_program_that_answers_each_time_the_same_is_heard_once(self, force: TaskForce) -> None:
        ticket = force.accepted()
        text = "Tôi đang nghỉ phép đến thứ Sáu."
        taken = [take(a_mail(ticket, force.filer, text, Message_ID=f"<{n}@x.vn>")) for n in range(3)]
        assert taken == [Taken.MESSAGE, Taken.AUTOMATIC, Taken.AUTOMATIC]
        assert Message.objects.count() == 1


class TestOrder:
    def test_size_first_then_the_recipient_then_the_sender_then_the_body(
        self, force: TaskForce, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def walked(*_args: Any, **_options: Any) -> None:
            raise AssertionError("the body was read")

        monkeypatch.setattr("issues.mail.inbound.incoming.parts_of", walked)
        ticket = force.accepted()
        for message in (
            a_mail(ticket, force.filer, To="info@reply.example.vn"),
            a_mail(ticket, force.filer, From=force.other_filer.email),
            a_mail(enterprise.withdraw(ticket=force.accepted(), actor=Actor.of(force.filer)), force.filer),
        ):
            refused(message)
        with pytest.raises(Refused):
            receive(read(a_mail(ticket, force.filer).as_bytes() + b"x" * largest_mail()))
        assert take(a_mail(ticket, force.filer, Auto_Submitted="auto-replied")) == Taken.AUTOMATIC
        assert MailRecord.objects.count() == 5

    def test_a_body_that_nobody_can_read(self, force: TaskForce, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(*_args: Any, **_options: Any) -> None:
            raise RecursionError

        monkeypatch.setattr("issues.mail.inbound.incoming.parts_of", broken)
        User.objects.filter(pk=force.filer.pk).update(language="en")
        assert "This mail cannot be read." in refused(a_mail(force.accepted(), force.filer))
