"""The list of notifications and the number beside it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import Membership, User
from core.errors import NotSignedIn
from issues.actions import reading
from issues.actor import Actor
from issues.events.drain import drain
from issues.events.types import MessagePosted
from issues.mail import agency_texts, enterprise_texts
from issues.models import Notification
from issues.notifications.mail import MAIL
from tests.factories.issues import make_event
from tests.issues import said
from tests.issues.conftest import TaskForce
from tests.issues.web.conftest import text_of

SignIn = Callable[[User], Client]
LIST, READ, MAILS = "/en/notifications/", "/en/notifications/read/", "/en/demo/mail/"
pytestmark = pytest.mark.usefixtures("half_past_nine")


def test_everybody_has_a_list_of_their_own(force: TaskForce, as_user: SignIn) -> None:
    ticket = force.file()
    drain(MAIL)
    for user, text in ((force.filer, enterprise_texts.submitted), (force.head, agency_texts.routed)):
        row = Notification.objects.filter(user=user, channel="app").select_related("user", "event__ticket").latest("id")
        row.user.language = "en"
        assert said.by_mail(text, row).headline in text_of(as_user(user).get(LIST))
    head = text_of(as_user(force.head).get(LIST))
    assert f"/en/tickets/{ticket.code}/" in head
    assert "Nothing yet" in text_of(as_user(force.finance_officer).get(LIST))


def test_strangers_sign_in_first(client: Client, db: None) -> None:
    assert client.get(LIST).status_code == 302
    assert client.post(READ).status_code == 302


def test_the_bell_counts_until_it_is_read(force: TaskForce, as_user: SignIn) -> None:
    force.file()
    drain(MAIL)
    client = as_user(force.head)
    page = client.get(LIST)
    assert '<b class="num">1</b>' in page.content.decode()
    newest = page.context["newest"]
    force.file(title="Sau khi mở trang")
    drain(MAIL)
    client.post(READ, {"newest": newest})
    unread = Notification.objects.filter(user=force.head, channel="app", read_at__isnull=True)
    assert unread.count() == 1  # what arrived meanwhile stays new


@pytest.mark.parametrize("value", ["", "x", "-1", "9" * 40, "١"])
@pytest.mark.parametrize("name", ["newest", "id"])
def test_marking_reads_any_input(force: TaskForce, as_user: SignIn, name: str, value: str) -> None:
    assert as_user(force.head).post(READ, {name: value, "show": value}).status_code == 302


def test_the_person_who_leaves_the_agency_no_longer_reads_of_its_tickets(force: TaskForce, as_user: SignIn) -> None:
    ticket = force.file()
    drain(MAIL)
    Membership.objects.filter(user=force.head).update(agency=force.justice)
    assert ticket.title not in text_of(as_user(force.head).get(LIST))


@pytest.mark.parametrize("number", [1, 3])
def test_queries(force: TaskForce, as_user: SignIn, django_assert_num_queries: Any, number: int) -> None:
    for _ in range(number):
        force.file()
    drain(MAIL)
    client = as_user(force.head)
    client.get(LIST)
    with django_assert_num_queries(8):
        client.get(LIST)


class TestReading:
    def lines(self, response: Any) -> list[Notification]:
        return [line.row for group in response.context["groups"] for line in group.lines]

    def test_what_is_told_of_one_ticket_stands_together(self, force: TaskForce, as_user: SignIn) -> None:
        one, two = force.accepted(), force.accepted()
        for ticket in (one, two, one):
            make_event(ticket, MessagePosted(message=1, body="a"))
        drain(MAIL)
        groups = as_user(force.officer).get(LIST).context["groups"]
        assert [group.subject.code for group in groups] == [one.code, two.code]
        ids = [[line.row.pk for line in group.lines] for group in groups]
        assert all(found == sorted(found, reverse=True) for found in ids)

    def test_one_is_read_and_the_others_stay_new(self, force: TaskForce, as_user: SignIn) -> None:
        for _ in range(2):
            make_event(force.accepted(), MessagePosted(message=1, body="a"))
        drain(MAIL)
        client = as_user(force.officer)
        before = self.lines(client.get(LIST, {"show": "unread"}))
        answer = client.post(READ, {"id": before[0].pk, "show": "unread"})
        assert answer.url == f"{LIST}?show=unread"
        after = self.lines(client.get(LIST, {"show": "unread"}))
        assert [row.pk for row in after] == [row.pk for row in before[1:]]
        assert len(self.lines(client.get(LIST))) == len(before)

    def test_what_is_sent_in_passing_is_answered_with_nothing(self, force: TaskForce, as_user: SignIn) -> None:
        force.file()
        drain(MAIL)
        row = Notification.objects.get(user=force.head, channel="app")
        assert as_user(force.head).post(READ, {"id": row.pk, "quiet": "1"}).status_code == 204
        row.refresh_from_db()
        assert row.read_at is not None

    def test_nobody_reads_for_others(self, force: TaskForce, as_user: SignIn) -> None:
        force.file()
        drain(MAIL)
        row = Notification.objects.get(user=force.head, channel="app")
        as_user(force.officer).post(READ, {"id": row.pk})
        row.refresh_from_db()
        assert row.read_at is None
        with pytest.raises(NotSignedIn):
            reading.mark_read(actor=Actor.of(None), ids=[row.pk])

    def test_the_bell_alone(self, force: TaskForce, as_user: SignIn) -> None:
        force.file()
        drain(MAIL)
        page = as_user(force.head).get("/en/notifications/unread-count/")
        assert "<html" not in page.content.decode()
        assert '<b class="num">1</b>' in page.content.decode()
        assert "no-store" in page.headers["Cache-Control"]

    def test_nothing_unread_says_so(self, force: TaskForce, as_user: SignIn) -> None:
        client = as_user(force.head)
        assert "You have read everything." in text_of(client.get(LIST, {"show": "unread"}))
        assert client.get(LIST, {"show": "nonsense"}).status_code == 200
