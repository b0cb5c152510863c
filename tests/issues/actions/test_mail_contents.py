"""What a mail does to a ticket: answer, message, reaction to an answer; files, and what the sender reads of it."""

import re
from typing import Any

import pytest

from accounts.models import User
from core import clock
from core.errors import NotPossible
from issues.actions import enterprise, merging, resolving, silence
from issues.actions.receiving import Taken
from issues.actor import Actor
from issues.events.drain import drain
from issues.mail.compose import compose
from issues.mail.reopening_token import ReopeningToken
from issues.models import Attachment, Message, Notification, Ticket, TicketEvent, TicketStatus
from issues.notifications.mail import MAIL
from tests.issues.actions.test_receiving import a_mail, take
from tests.issues.conftest import TaskForce, at
from tests.issues.mail.inbound.building import PNG
from tests.issues.web.conftest import PDF

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


def events(ticket: Ticket, type_: str) -> list[dict[str, Any]]:
    return [event.data for event in TicketEvent.objects.filter(ticket=ticket, type=type_)]


def mail_about(user: User, type_: str) -> Any:
    drain(MAIL)
    rows = Notification.objects.select_related("user", "event__ticket__lead_agency").filter(channel="mail", user=user)
    return compose(rows.get(event__type=type_))


class TestAnswered:
    def test_not_solved_stops_the_silent_closing(self, answered: Ticket, force: TaskForce) -> None:
        with clock.at(at("2026-11-19 09:00")):
            assert take(a_mail(answered, force.filer, NOT_SOLVED)) == Taken.MESSAGE
            mail = mail_about(force.filer, "ticket.disputed")
        assert re.search(r"/en/reopening/\S+/", mail.body)
        assert "/en/reopening/" in mail.alternatives[0].content
        with clock.at(at("2027-02-18 09:00")):
            assert silence.close_silent() == 0
            with pytest.raises(NotPossible):
                enterprise.close_unconfirmed(ticket=answered)
            enterprise.reopen(ticket=answered, actor=Actor.of(force.filer), reason="Vẫn bị trả.")
        now = Ticket.objects.get(pk=answered.pk)
        assert (now.status, now.disputed_at) == (TicketStatus.IN_PROGRESS, None)

    def test_once_for_each_answer(self, answered: Ticket, force: TaskForce) -> None:
        with clock.at(at("2026-11-19 09:00")):
            take(a_mail(answered, force.filer, NOT_SOLVED))
            take(a_mail(answered, force.filer, "Vẫn chưa được.", Message_ID="<2@x.vn>"))
        assert events(answered, "ticket.disputed") == [{"cycle": 1}]

    @pytest.mark.parametrize(
        ("text", "fields"),
        [
            ("Tôi đang đi công tác, nhưng hồ sơ vẫn chưa được cấp.", {}),
            ("Vì sao hồ sơ bị trả?", {"X_Auto_Response_Suppress": "All"}),
            ("Không đúng như thỏa thuận.", {"Subject": "Re: tôi đang nghỉ phép"}),
        ],
    )
    def test_nor_is_it_closed_where_a_program_may_have_written_an_objection(
        self, answered: Ticket, force: TaskForce, text: str, fields: dict[str, str]
    ) -> None:
        with clock.at(at("2026-11-19 09:00")):
            assert take(a_mail(answered, force.filer, text, **fields)) == Taken.MESSAGE
            assert re.search(r"/en/reopening/\S+/", mail_about(force.filer, "ticket.disputed").body)
        with clock.at(at("2027-02-18 09:00")):
            assert silence.close_silent() == 0

    def test_the_objection_counts_though_the_same_was_written_before_the_answer(self, force: TaskForce) -> None:
        text = "Tôi đang đi công tác, hồ sơ vẫn chưa được cấp."
        ticket = force.accepted()
        take(a_mail(ticket, force.filer, text))
        with clock.at(at("2026-11-18 11:00")):
            resolving.resolve(ticket=ticket, actor=Actor.of(force.officer), answer="Không phải xin.", kind="solved")
        for number, taken in enumerate((Taken.MESSAGE, Taken.AUTOMATIC)):
            assert take(a_mail(ticket, force.filer, text, Message_ID=f"<again{number}@x.vn>")) == taken
        assert events(ticket, "ticket.disputed") == [{"cycle": 1}]

    def test_a_file_without_a_word_is_a_persons(self, answered: Ticket, force: TaskForce) -> None:
        mail = a_mail(answered, force.filer, "", X_Auto_Response_Suppress="All")
        mail.add_attachment(PDF, maintype="application", subtype="pdf", filename="quyet-dinh.pdf")
        assert take(mail) == Taken.MESSAGE
        assert events(answered, "ticket.disputed") == [{"cycle": 1}]

    def test_a_machine_never_stops_it(self, answered: Ticket, force: TaskForce) -> None:
        with clock.at(at("2026-11-19 09:00")):
            for number, (name, value) in enumerate(
                [("Auto_Submitted", "auto-replied"), ("Subject", "Automatic reply: x"), ("Precedence", "bulk")]
            ):
                mail = a_mail(answered, force.filer, NOT_SOLVED, **{"Message_ID": f"<{number}@x.vn>", name: value})
                assert take(mail) == Taken.AUTOMATIC
        with clock.at(at("2026-11-27 09:00")):
            assert silence.close_silent() == 1

    @pytest.mark.parametrize("text", ["Cảm ơn anh/chị.", "Tôi đang nghỉ phép đến thứ Sáu."])
    def test_thanks_and_notices_of_absence_do_not(self, answered: Ticket, force: TaskForce, text: str) -> None:
        with clock.at(at("2026-11-19 09:00")):
            assert take(a_mail(answered, force.filer, text)) == Taken.MESSAGE
        with clock.at(at("2026-11-27 09:00")):
            assert silence.close_silent() == 1

    def test_nor_does_what_an_officer_writes(self, answered: Ticket, force: TaskForce) -> None:
        with clock.at(at("2026-11-19 09:00")):
            take(a_mail(answered, force.officer, NOT_SOLVED))
        assert not events(answered, "ticket.disputed")

    def test_confirming_ends_it(self, answered: Ticket, force: TaskForce) -> None:
        with clock.at(at("2026-11-19 09:00")):
            take(a_mail(answered, force.filer, NOT_SOLVED))
            enterprise.confirm(ticket=answered, actor=Actor.of(force.filer))
        assert Ticket.objects.get(pk=answered.pk).disputed_at is None

    def test_the_mail_of_the_answer_offers_it_to_those_who_filed(self, answered: Ticket, force: TaskForce) -> None:
        with clock.at(at("2026-11-18 11:01")):
            body = mail_about(force.filer, "ticket.resolved").body
        [token] = re.findall(r"/en/reopening/(\S+)/", body)
        assert ReopeningToken.read(token) == ReopeningToken(answered.pk, 1, force.filer.pk)


class TestMerged:
    def merge(self, ticket: Ticket, into: Ticket, force: TaskForce) -> None:
        merging.merge(ticket=ticket, actor=Actor.of(force.coordinator), into=into.code)

    def test_into_a_ticket_of_the_same_enterprise(self, force: TaskForce) -> None:
        first, second = force.accepted(), force.accepted()
        self.merge(first, second, force)
        with clock.at(at("2026-11-18 10:00")):
            resolving.request_info(ticket=second, actor=Actor.of(force.officer), question="Diện tích?")
            assert take(a_mail(first, force.filer)) == Taken.ANSWER
        assert events(second, "ticket.info_provided")[0]["text"] == "Diện tích 1.200 m²."

    def test_into_a_ticket_of_another_enterprise(self, force: TaskForce) -> None:
        first, second = force.accepted(), force.accepted()
        Ticket.objects.filter(pk=second.pk).update(
            enterprise=force.other_filer.memberships.get().enterprise, filer=force.other_filer
        )
        self.merge(first, Ticket.objects.get(pk=second.pk), force)
        message = a_mail(first, force.filer, "Bên tôi cũng bị.")
        message.add_attachment(PDF, maintype="application", subtype="pdf", filename="Biên bản.pdf")
        with clock.at(at("2026-11-18 10:00")):
            assert take(message) == Taken.MESSAGE
            mail = mail_about(force.officer, "message.from_party")
            note = mail_about(force.filer, "mail.noted")
        [said] = events(second, "message.from_party")
        assert (said["body"], said["ticket"]) == ("Bên tôi cũng bị.", first.code)
        assert "Bên tôi cũng bị." in mail.body
        assert (Message.objects.get().visibility, Attachment.objects.get().visibility) == ("internal", "internal")
        assert Attachment.objects.get().uploaded_by == force.filer
        assert force.construction.name_vi in note.body


def test_the_logo_of_every_mail_is_kept_once(force: TaskForce) -> None:
    ticket = force.accepted()
    for number in range(2):
        message = a_mail(ticket, force.filer, f"Thư {number}", Message_ID=f"<{number}@x.vn>")
        message.add_attachment(
            PNG, maintype="image", subtype="png", filename="logo.png", disposition="inline", cid="<logo@x>"
        )
        take(message)
    assert Attachment.objects.count() == 1
    [note] = events(ticket, "mail.noted")
    assert note["left_out"] == [{"name": "logo.png", "reason": "known"}]


def test_the_sender_reads_what_was_left_out_and_why(force: TaskForce) -> None:
    User.objects.filter(pk=force.filer.pk).update(language="en")
    message = a_mail(force.accepted(), force.filer)
    message.add_attachment(b"BEGIN:VCARD", maintype="text", subtype="x-vcard", filename="An.vcf")
    with clock.at(at("2026-11-18 10:00")):
        take(message)
        mail = mail_about(force.filer, "mail.noted")
    assert "An.vcf: a business card" in mail.body
    assert mail.extra_headers["Reply-To"].startswith("reply+")
    assert mail.extra_headers["Auto-Submitted"] == "auto-generated"
