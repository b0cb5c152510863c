"""What did not get out is said on the home page of the administration."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Role
from core import clock
from issues.admin.home_panel import notices
from issues.models import ContactNotice, WebhookDelivery, WebhookEndpoint, WebhookSecret
from issues.queries.outgoing import mails_by_state
from tests.factories.issues import make_user
from tests.issues.conftest import MORNING, TaskForce
from tests.issues.mail.test_contact import file_for, tell

pytestmark = pytest.mark.django_db
PAGE, ACT = "undelivered:contacts", "undelivered:contacts_act"


def signed_in(role: Role = Role.ADMIN) -> Client:
    client = Client()
    client.force_login(make_user(role))
    return client


def a_webhook(**fields: Any) -> WebhookEndpoint:
    values = {"name": "Một cửa", "url": "https://mot-cua.example.vn/hook", **fields}
    endpoint = WebhookEndpoint.objects.create(**values)
    WebhookSecret.objects.create(endpoint=endpoint, secret="whsec_first")
    return endpoint


@pytest.fixture
def dead(force: TaskForce) -> ContactNotice:
    """A receipt that the address refused."""
    ticket = file_for(force, email="ba@example.com", language="en")
    with clock.at(MORNING):
        tell(ticket)
    ContactNotice.objects.update(state="failed", attempts=1, last_error="SMTPRecipientsRefused: 550 no mailbox")
    return ContactNotice.objects.get()


def test_it_is_counted_and_told_on_the_home_page(dead: ContactNotice) -> None:
    assert mails_by_state() == {"waiting": 0, "failed": 1}
    assert [notice.url for notice in notices()] == [reverse(PAGE)]


def test_the_home_page_of_operators_says_what_did_not_get_out() -> None:
    assert notices() == []
    endpoint = a_webhook(disabled_at=clock.now())
    WebhookDelivery.objects.create(endpoint=endpoint, state="failed")
    home = reverse("wagtailadmin_home")
    for role in (Role.ADMIN, Role.COORDINATOR):
        page = signed_in(role).get(home).content.decode()
        assert reverse("webhooks:endpoints") in page.split("help-warning")[1]
    assert "help-warning" not in signed_in(Role.EDITOR).get(home).content.decode()
