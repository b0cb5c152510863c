"""Notes that mention people: found by name or address, told if they may read, refused with a sentence if not."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from core import clock
from core.errors import Invalid
from issues.actions import consultations, conversation
from issues.actor import Actor
from issues.events.drain import drain
from issues.mail import agency_texts
from issues.mail.compose import compose
from issues.mail.receivable import receivable
from issues.models import Mention, Notification, Ticket, TicketEvent
from issues.notifications.mail import MAIL
from issues.notifications.mentions import MOST_MENTIONS
from issues.templatetags.mentions import with_mentions
from tests.issues import said
from tests.issues.conftest import TaskForce, at

NAMES = {
    "officer": "Cán bộ XD-1",
    "colleague": "Cán bộ XD-12",
    "head": "Lãnh đạo Sở XD",
    "justice_officer": "Cán bộ TP-1",
    "finance_officer": "Cán bộ TC-1",
    "coordinator": "Điều phối viên 1",
    "leader": "Lãnh đạo thành phố 1",
}


@pytest.fixture
def ticket(force: TaskForce) -> Ticket:
    """Construction leads, justice is asked, finance has no part in it. Everybody has a name."""
    for role, name in NAMES.items():
        User.objects.filter(pk=getattr(force, role).pk).update(name=name, language="en")
        getattr(force, role).refresh_from_db()
    ticket = force.accepted()
    with clock.at(at("2026-11-18 09:05")):
        consultations.request_consultation(ticket=ticket, actor=Actor.of(force.officer), agency="STP", question="?")
    return ticket


def note(force: TaskForce, ticket: Ticket, body: Any, **fields: Any) -> TicketEvent:
    with clock.at(at("2026-11-18 09:10")):
        conversation.post_message(
            ticket=ticket, actor=Actor.of(force.officer), body=body, visibility="internal", **fields
        )
    return TicketEvent.objects.filter(ticket=ticket, type="note.posted").latest("id")


def mentioned(event: TicketEvent) -> set[str]:
    return set(Mention.objects.filter(message_id=event.data["message"]).values_list("user__name", flat=True))


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ("@Cán bộ TP-1 xem giúp", {"Cán bộ TP-1"}),
        ("Nhờ @cán bộ tp-1, @Lãnh đạo Sở XD.", {"Cán bộ TP-1", "Lãnh đạo Sở XD"}),
        ("(@Cán bộ XD-12)", {"Cán bộ XD-12"}),  # the longer name, not XD-1
        ("@Điều phối viên 1 @Điều phối viên 1", {"Điều phối viên 1"}),
        ("Gửi về lienhe@sxd.example nhé", set()),
        ("Họp lúc 9 giờ @ phòng 2", set()),
        ("Không nhắc ai", set()),
    ],
)
def test_who_is_meant(force: TaskForce, ticket: Ticket, body: str, names: set[str]) -> None:
    assert mentioned(note(force, ticket, body)) == names


def test_by_address(force: TaskForce, ticket: Ticket) -> None:
    event = note(force, ticket, f"@{force.justice_officer.email.upper()} xem giúp")
    assert mentioned(event) == {"Cán bộ TP-1"}


class TestRefused:
    def sentence(self, force: TaskForce, ticket: Ticket, body: str, **fields: Any) -> str:
        with pytest.raises(Invalid) as refused:
            note(force, ticket, body, **fields)
        assert not Mention.objects.exists()
        return refused.value.fields["body"][0]

    def test_somebody_of_an_agency_that_has_no_part_in_it(self, force: TaskForce, ticket: Ticket) -> None:
        assert "Cán bộ TC-1" in self.sentence(force, ticket, "@Cán bộ TC-1 xem giúp")

    def test_somebody_from_whom_the_note_is_kept(self, force: TaskForce, ticket: Ticket) -> None:
        assert "Cán bộ TP-1" in self.sentence(force, ticket, "@Cán bộ TP-1 xem", internal_to="SXD")
        assert mentioned(note(force, ticket, "@Cán bộ XD-12 xem", internal_to="SXD")) == {"Cán bộ XD-12"}

    def test_nobody_of_that_name(self, force: TaskForce, ticket: Ticket) -> None:
        assert "Cán bộ QQ-9" in self.sentence(force, ticket, "@Cán bộ QQ-9 xem giúp")

    def test_an_enterprise(self, force: TaskForce, ticket: Ticket) -> None:
        assert self.sentence(force, ticket, f"@{force.filer.email}")

    def test_two_of_one_name(self, force: TaskForce, ticket: Ticket) -> None:
        User.objects.filter(pk=force.colleague.pk).update(name="Lãnh đạo Sở XD")
        assert "thư điện tử" in self.sentence(force, ticket, "@Lãnh đạo Sở XD")

    def test_more_than_anybody_would_mention(self, force: TaskForce, ticket: Ticket) -> None:
        with pytest.raises(Invalid) as refused:
            note(force, ticket, "@Cán bộ QQ-9 " * (MOST_MENTIONS + 1))
        assert len(refused.value.fields["body"]) == 1
        assert str(MOST_MENTIONS) in refused.value.fields["body"][0]
        assert mentioned(note(force, ticket, "@Cán bộ TP-1 " * MOST_MENTIONS)) == {"Cán bộ TP-1"}

    def test_on_the_page_with_what_was_typed(self, force: TaskForce, ticket: Ticket) -> None:
        client = Client()
        client.force_login(force.officer)
        answer = client.post(f"/en/tickets/{ticket.code}/note/", {"body": "@Cán bộ TC-1 xem giúp việc này"})
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "Cán bộ TC-1 cannot read this note." in page
        assert "@Cán bộ TC-1 xem giúp việc này" in page


class TestTold:
    def test_in_the_application_and_by_mail(self, force: TaskForce, ticket: Ticket) -> None:
        note(force, ticket, "@Cán bộ TP-1 xem giúp điểm 2")
        with clock.at(at("2026-11-18 09:11")):
            drain(MAIL)
        rows = Notification.objects.filter(reason="mentioned").select_related("user", "event__ticket__lead_agency")
        assert {(row.user_id, row.channel) for row in rows} == {
            (force.justice_officer.pk, "app"),
            (force.justice_officer.pk, "mail"),
        }
        row = rows.get(channel="mail")
        mail = compose(row)
        assert said.by_mail(agency_texts.note_posted, row).headline in mail.subject
        assert "Cán bộ XD-1" in mail.subject
        assert "xem giúp điểm 2" in mail.body

    def test_the_list_of_mentions(self, force: TaskForce, ticket: Ticket) -> None:
        note(force, ticket, "@Cán bộ TP-1 xem giúp")
        with clock.at(at("2026-11-18 09:11")):
            drain(MAIL)
            client = Client()
            client.force_login(force.justice_officer)
            everything = client.get("/en/notifications/")
            mentions = client.get("/en/notifications/?show=mentions")
        counts = [sum(len(group.lines) for group in page.context["groups"]) for page in (everything, mentions)]
        assert counts[0] > counts[1] == 1
        client.force_login(force.filer)
        assert "show=mentions" not in client.get("/en/notifications/").content.decode()

    def test_nobody_mentions_themselves_into_a_mail(self, force: TaskForce, ticket: Ticket) -> None:
        note(force, ticket, "@Cán bộ XD-1 nhớ gọi lại")
        drain(MAIL)
        assert not Notification.objects.filter(reason="mentioned").exists()

    def test_not_after_the_right_is_lost(self, force: TaskForce, ticket: Ticket) -> None:
        note(force, ticket, "@Cán bộ TP-1 xem giúp")
        drain(MAIL)
        force.justice_officer.memberships.all().delete()
        row = Notification.objects.filter(reason="mentioned").select_related("user", "event__ticket").first()
        row.user = User.objects.get(pk=row.user_id)
        assert not receivable([row])


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("@A B\nx", ["A B"], '<b class="mention">@A B</b><br>x'),
        ("@A Bc", ["A B"], "@A Bc"),
        ("@<i>", ["<i>"], '<b class="mention">@&lt;i&gt;</b>'),
        ("a & @b", ["b"], 'a &amp; <b class="mention">@b</b>'),
        ("@b", [], "@b"),
    ],
)
def test_marking_escapes_everything(text: str, names: list[str], expected: str) -> None:
    assert with_mentions(text, names) == expected
