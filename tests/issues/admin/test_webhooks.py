"""Webhooks in the administration: who may decide, what is refused, the secret that is seen once."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Role
from core import clock
from core.errors import NotPossible
from issues.actions import webhooks
from issues.actor import Actor
from issues.events.drain import drain
from issues.models import WebhookDelivery, WebhookEndpoint, WebhookSecret
from issues.webhooks import outbox
from issues.webhooks.consumer import WEBHOOKS
from tests.factories.issues import make_agency, make_enterprise, make_event, make_ticket, make_user
from tests.issues.webhooks.receiver import Receiver

pytestmark = pytest.mark.django_db
VALID = {"name": "Một cửa", "url": "https://mot-cua.example.vn/hook", "audience": "public", "active": "on"}


def signed_in(role: Role = Role.ADMIN) -> Client:
    client = Client()
    client.force_login(make_user(role))
    return client


def a_webhook(**fields: Any) -> WebhookEndpoint:
    values = {"name": "Một cửa", "url": "https://mot-cua.example.vn/hook", **fields}
    endpoint = WebhookEndpoint.objects.create(**values)
    WebhookSecret.objects.create(endpoint=endpoint, secret="whsec_first")
    return endpoint


def test_the_secret_is_shown_once(client: Client) -> None:
    admin = signed_in()
    page = admin.post(reverse("webhooks:new"), VALID).content.decode()
    secret = WebhookSecret.objects.get().secret
    assert secret in page
    endpoint = WebhookEndpoint.objects.get()
    for view in ("webhooks:endpoint", "webhooks:edit"):
        assert secret not in admin.get(reverse(view, args=[endpoint.pk])).content.decode()
    assert (endpoint.audience, endpoint.event_types, endpoint.active) == ("public", [], True)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"url": "http://example.vn/"}, "url"),
        ({"url": "https://user:secret@example.vn/"}, "url"),
        ({"url": "không phải"}, "url"),
        ({"audience": "everything"}, "audience"),
        ({"audience": ""}, "audience"),
        ({"event_types": ["ticket.exploded"]}, "event_types"),
        ({"agency": "999999"}, "agency"),
    ],
)
def test_what_cannot_be_is_refused_and_kept_on_the_page(changes: dict[str, Any], field: str) -> None:
    answer = signed_in().post(reverse("webhooks:new"), {**VALID, **changes})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not WebhookEndpoint.objects.exists()


def test_it_can_be_changed(client: Client) -> None:
    endpoint = a_webhook(disabled_at=clock.now(), failing_since=clock.now())
    agency = make_agency("SXD")
    changes = {
        "url": "https://moi.example.vn/",
        "event_types": ["ticket.resolved"],
        "agency": agency.pk,
        "audience": "internal",
    }
    answer = signed_in().post(reverse("webhooks:edit", args=[endpoint.pk]), {**VALID, **changes})
    assert answer.status_code == 302
    endpoint.refresh_from_db()
    assert (endpoint.url, endpoint.event_types, endpoint.agency) == (
        "https://moi.example.vn/",
        ["ticket.resolved"],
        agency,
    )
    assert endpoint.disabled_at is None  # another address deserves another try


def test_coordinators_look_and_send_again_but_decide_nothing() -> None:
    endpoint = a_webhook()
    row = WebhookDelivery.objects.create(endpoint=endpoint, state="failed", attempts=8)
    client = signed_in(Role.COORDINATOR)
    assert client.get(reverse("webhooks:endpoints")).status_code == 200
    assert client.get(reverse("webhooks:endpoint", args=[endpoint.pk])).status_code == 200
    assert client.get(reverse("webhooks:new")).status_code == 302
    for name in ("ping", "rotate", "switch-on", "delete"):
        client.post(reverse(f"webhooks:{name}", args=[endpoint.pk]))
    assert WebhookDelivery.objects.count() == WebhookSecret.objects.count() == 1
    client.post(reverse("webhooks:resend", args=[endpoint.pk]), {"row": row.pk})
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("waiting", 0)


@pytest.mark.parametrize("role", [Role.EDITOR, Role.OFFICER, Role.ENTERPRISE])
def test_others_stay_outside(role: Role) -> None:
    endpoint = a_webhook()
    client = Client()
    place = {"agency": make_agency()} if role == Role.OFFICER else {}
    place = {"enterprise": make_enterprise()} if role == Role.ENTERPRISE else place
    client.force_login(make_user(role, **place))
    for view in ("webhooks:endpoints", "webhooks:endpoint", "webhooks:edit"):
        assert client.get(reverse(view, args=[] if view.endswith("s") else [endpoint.pk])).status_code in (302, 403)


def test_a_ping_arrives_and_its_answer_is_shown(endpoint: WebhookEndpoint, receiver: Receiver) -> None:
    admin = signed_in()
    admin.post(reverse("webhooks:ping", args=[endpoint.pk]))
    receiver.answers, receiver.body = [200], b"pong"
    assert outbox.deliver_due() == 1
    assert b'"type":"webhook.ping"' in receiver.got[0][1]
    assert "pong" in admin.get(reverse("webhooks:endpoint", args=[endpoint.pk])).content.decode()


def test_nothing_is_sent_to_what_is_switched_off() -> None:
    endpoint = a_webhook(active=False)
    with pytest.raises(NotPossible):
        webhooks.ping(actor=Actor.of(make_user(Role.ADMIN)), endpoint=endpoint)


def test_a_new_secret_signs_beside_the_old_one_for_a_day(endpoint: WebhookEndpoint, receiver: Receiver) -> None:
    admin = Actor.of(make_user(Role.ADMIN))
    webhooks.rotate_secret(actor=admin, endpoint=endpoint)
    webhooks.ping(actor=admin, endpoint=endpoint)
    outbox.deliver_due()
    with clock.at(clock.now() + webhooks.OVERLAP):
        webhooks.ping(actor=admin, endpoint=endpoint)
        outbox.deliver_due()
        webhooks.rotate_secret(actor=admin, endpoint=endpoint)
    assert [headers["webhook-signature"].count("v1,") for headers, _body in receiver.got] == [2, 1]
    assert endpoint.secrets.count() == 2  # the first is gone


def test_deleting_takes_everything_along(endpoint: WebhookEndpoint) -> None:
    make_event(make_ticket())
    drain(WEBHOOKS)
    signed_in().post(reverse("webhooks:delete", args=[endpoint.pk]))
    assert not WebhookEndpoint.objects.exists()
    assert not WebhookDelivery.objects.exists()
    assert not WebhookSecret.objects.exists()


@pytest.mark.parametrize("number", [1, 3])
def test_queries(number: int, django_assert_num_queries: Any) -> None:
    endpoint = a_webhook()
    for _ in range(number):
        WebhookDelivery.objects.create(endpoint=endpoint, event=make_event(make_ticket()))
        a_webhook()
    admin = signed_in()
    for view, arguments, queries in (("webhooks:endpoints", [], 11), ("webhooks:endpoint", [endpoint.pk], 13)):
        url = reverse(view, args=arguments)
        admin.get(url)
        with django_assert_num_queries(queries):
            admin.get(url)


def test_the_numbers_for_metrics(scrape: Callable[[], str]) -> None:
    endpoint = a_webhook(disabled_at=clock.now())
    WebhookDelivery.objects.create(endpoint=endpoint, state="failed")
    text = scrape()
    assert 'webhook_messages{state="failed"} 1.0' in text
    assert "webhooks_switched_off 1.0" in text
