"""What receivers say: to stop for good, or to wait."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse

from accounts.models import Role
from core import clock
from issues.actions import webhooks
from issues.actor import Actor
from issues.models import WebhookDelivery, WebhookEndpoint
from issues.webhooks import notices, outbox
from issues.webhooks.retry_after import LONGEST
from tests.factories.issues import make_event, make_ticket, make_user
from tests.issues.conftest import MORNING
from tests.issues.webhooks.receiver import Receiver

pytestmark = pytest.mark.django_db


def waiting(endpoint: WebhookEndpoint, number: int = 1) -> None:
    for _ in range(number):
        WebhookDelivery.objects.create(
            endpoint=endpoint, event=make_event(make_ticket()), next_attempt_at=MORNING, created_at=MORNING
        )


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("header", "pause"),
    [
        ("3600", timedelta(hours=1)),
        ("Wed, 18 Nov 2026 03:00:00 GMT", timedelta(hours=1)),  # it is 09:00 in Hà Nội
        ("1", timedelta(minutes=1)),  # our own pause is longer
        ("99999999", LONGEST),
        ("soon", timedelta(minutes=1)),
    ],
)
def test_a_receiver_that_asks_for_time_gets_it(
    endpoint: WebhookEndpoint, receiver: Receiver, status: int, header: str, pause: timedelta
) -> None:
    receiver.answers, receiver.retry_after = [status], header
    waiting(endpoint, 2)
    with clock.at(MORNING):
        assert outbox.deliver_due() == 0
    row = WebhookDelivery.objects.earliest("id")
    assert (row.state, row.status, row.next_attempt_at) == ("waiting", status, MORNING + pause)
    with clock.at(MORNING + pause - timedelta(seconds=1)):
        outbox.deliver_due()
    assert len(receiver.got) == 1
    receiver.answers = [204]
    with clock.at(MORNING + pause):
        assert outbox.deliver_due() == 2


def test_other_failures_do_not_ask(endpoint: WebhookEndpoint, receiver: Receiver) -> None:
    receiver.answers, receiver.retry_after = [500], "3600"
    waiting(endpoint)
    with clock.at(MORNING):
        outbox.deliver_due()
    assert WebhookDelivery.objects.get().next_attempt_at == MORNING + timedelta(minutes=1)


def test_gone_switches_it_off_and_its_owner_learns_of_it(
    endpoint: WebhookEndpoint, receiver: Receiver, client: Any
) -> None:
    owner, other = make_user(Role.ADMIN), make_user(Role.ADMIN)
    WebhookEndpoint.objects.update(owner=owner)
    receiver.answers = [410]
    waiting(endpoint, 2)
    with clock.at(MORNING):
        assert outbox.deliver_due() == 0
        outbox.deliver_due()
        outbox.deliver_due()
    endpoint.refresh_from_db()
    assert (endpoint.disabled_at, endpoint.disabled_for, endpoint.is_running) == (MORNING, "gone", False)
    assert len(receiver.got) == 1
    assert WebhookDelivery.objects.filter(state="waiting").count() == 2
    assert [message.to for message in mail.outbox] == [[owner.email]]
    assert endpoint.name in mail.outbox[0].subject
    assert "410" in mail.outbox[0].body
    assert reverse("webhooks:endpoint", args=[endpoint.pk]) in mail.outbox[0].body
    client.force_login(other)
    assert "410" in client.get(reverse("webhooks:endpoint", args=[endpoint.pk])).content.decode()
    webhooks.switch_on(actor=Actor.of(other), endpoint=endpoint)
    endpoint.refresh_from_db()
    assert (endpoint.disabled_for, endpoint.notice_due_at, endpoint.is_running) == ("", None, True)


def test_without_an_owner_all_administrators_learn_of_it(endpoint: WebhookEndpoint, receiver: Receiver) -> None:
    admins = {make_user(Role.ADMIN).email for _ in range(2)}
    receiver.answers = [410]
    waiting(endpoint)
    outbox.deliver_due()
    outbox.deliver_due()
    assert {message.to[0] for message in mail.outbox} == admins


def test_a_day_of_failures_is_said_too(endpoint: WebhookEndpoint, receiver: Receiver) -> None:
    admin = make_user(Role.ADMIN)
    WebhookEndpoint.objects.update(failing_since=MORNING - timedelta(hours=25))
    receiver.answers = [500]
    waiting(endpoint)
    with clock.at(MORNING):
        outbox.deliver_due()
        outbox.deliver_due()
    assert [message.to for message in mail.outbox] == [[admin.email]]
    assert "410" not in mail.outbox[0].body


def test_a_mail_that_does_not_get_out_is_tried_again(
    endpoint: WebhookEndpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_user(Role.ADMIN)
    WebhookEndpoint.objects.update(disabled_at=MORNING, disabled_for="gone", notice_due_at=MORNING)

    def refuse(*_args: Any, **_kwargs: Any) -> None:
        raise ConnectionRefusedError

    with monkeypatch.context() as broken, clock.at(MORNING):
        broken.setattr("django.core.mail.EmailMessage.send", refuse)
        notices.send_notices()
    with clock.at(MORNING + timedelta(minutes=1)):
        notices.send_notices()
    assert mail.outbox == []
    with clock.at(MORNING + notices.TRY_AGAIN):
        notices.send_notices()
        notices.send_notices()
    assert len(mail.outbox) == 1


def test_who_makes_a_webhook_owns_it() -> None:
    admin = make_user(Role.ADMIN)
    made, _secret = webhooks.save_endpoint(
        actor=Actor.of(admin), name="Một cửa", url="https://example.vn/hook", audience="public"
    )
    assert made.owner == admin
