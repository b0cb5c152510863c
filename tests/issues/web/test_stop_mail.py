"""List-Unsubscribe: one click of a mail program stops one kind of mail, and nothing else."""

import re
from typing import Any

import pytest
from django.core import signing
from django.test import Client

from accounts.models import User
from issues.events.clock_events import ClockBreached
from issues.events.types import MessagePosted, TicketInfoRequested
from issues.mail.compose import compose
from issues.mail.compose_digest import compose_digest
from issues.mail.stop_token import StopToken
from issues.models import Notification, NotificationChoices
from tests.factories.issues import make_event
from tests.issues.conftest import TaskForce
from tests.issues.web.conftest import text_of


def headers(user: User, ticket: Any, data: Any, reason: str, about: str) -> dict[str, str]:
    row = Notification.objects.create(
        event=make_event(ticket, data), user=user, channel="mail", reason=reason, about=about
    )
    return dict(compose(row).extra_headers)


def url_of(found: dict[str, str]) -> str:
    link = re.fullmatch(r"<http://testserver(/\S+)>", found["List-Unsubscribe"])
    assert link
    return link[1]


def test_what_nobody_waits_for_stops_with_one_click(force: TaskForce) -> None:
    found = headers(force.filer, force.accepted(), MessagePosted(message=1, body="a"), "enterprise", "progress")
    assert found["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    strict = Client(enforce_csrf_checks=True)  # a mail program has neither cookie nor token
    answer = strict.post(url_of(found), "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 200
    row = NotificationChoices.objects.get(user=force.filer)
    assert (row.progress, row.waits, row.rest) == ("app", "now", "digest")


def test_opening_the_link_changes_nothing(force: TaskForce, client: Client) -> None:
    page = client.get(StopToken(force.filer.pk, "progress").url().removeprefix("http://testserver"))
    assert page.status_code == 200
    assert not NotificationChoices.objects.exists()


@pytest.mark.parametrize(
    ("data", "about"),
    [
        (TicketInfoRequested(question="?", old_due_at=None, left_minutes=1), "waits"),
        (ClockBreached(clock="resolution", clock_id=1), "clock"),
    ],
)
def test_what_waits_for_somebody_leads_to_the_page_of_choices(force: TaskForce, data: Any, about: str) -> None:
    found = headers(force.filer, force.accepted(), data, "enterprise", about)
    assert "List-Unsubscribe-Post" not in found
    assert url_of(found).endswith("/account/notifications/")


def test_the_digest_stops_as_a_whole(force: TaskForce, client: Client) -> None:
    NotificationChoices.objects.create(user=force.head, clock="digest")
    ticket = force.accepted()
    rows = [
        Notification.objects.create(
            event=make_event(ticket, MessagePosted(message=n, body="a")), user=force.head, channel="mail",
            reason="head", about="rest", mode="digest",
        )
        for n in range(2)
    ]  # fmt: skip
    found = dict(compose_digest(rows).extra_headers)
    assert "List-Unsubscribe=One-Click" in found["List-Unsubscribe-Post"]
    page = client.post(url_of(found))
    assert "Đã dừng" in text_of(page)
    row = NotificationChoices.objects.get(user=force.head)
    assert (row.waits, row.progress, row.clock, row.rest) == ("now", "app", "app", "app")


FOREIGN = (
    signing.dumps([1, "waits"], salt="issues.stop"),
    signing.dumps([1, "progress"], salt="other"),
    signing.dumps(7, salt="issues.stop"),
)


@pytest.mark.parametrize(
    "token",
    ["x", "a:b:c", *FOREIGN],
    ids=["a letter", "three parts", "must not be stopped", "another salt", "a number"],
)
def test_tokens_that_are_none(db: None, client: Client, token: str) -> None:
    for answer in (client.get(f"/en/mail/stop/{token}/"), client.post(f"/en/mail/stop/{token}/")):
        assert answer.status_code == 404
    assert not NotificationChoices.objects.exists()


def test_nobody_who_is_gone(force: TaskForce, client: Client) -> None:
    url = StopToken(force.filer.pk, "rest").url().removeprefix("http://testserver")
    User.objects.filter(pk=force.filer.pk).update(is_active=False)
    assert client.post(url).status_code == 404
