"""Webhooks: administrators decide, and there are not too many."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Role
from core.errors import NotAllowed, NotSignedIn
from issues.actions import webhooks
from issues.actor import Actor
from issues.models import WebhookEndpoint, WebhookSecret
from tests.factories.issues import make_user

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


def test_the_actions_refuse_the_person_who_is_no_administrator() -> None:
    endpoint = a_webhook()
    coordinator, nobody = Actor.of(make_user(Role.COORDINATOR)), Actor.of(None)
    for action in (webhooks.rotate_secret, webhooks.ping, webhooks.switch_on, webhooks.delete_endpoint):
        with pytest.raises(NotAllowed):
            action(actor=coordinator, endpoint=endpoint)
        with pytest.raises(NotSignedIn):
            action(actor=nobody, endpoint=endpoint)
    with pytest.raises(NotAllowed):
        webhooks.save_endpoint(actor=coordinator, name="x", url="https://example.vn/", audience="internal")
    with pytest.raises(NotAllowed):
        webhooks.resend_messages(actor=Actor.of(make_user(Role.LEADER)), ids=[1])


def test_there_are_not_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhooks, "MOST_ENDPOINTS", 1)
    a_webhook()
    answer = signed_in().post(reverse("webhooks:new"), VALID)
    assert answer.status_code == 422
