"""django-allauth with our limits and our way to find a caller's address."""

from typing import Any

import pytest
from allauth.account.adapter import get_adapter
from django.core import mail
from django.test import Client, RequestFactory

pytestmark = pytest.mark.django_db
RESET = "/en/account/password/reset/"


def only(settings: Any, name: str, count: int) -> None:
    settings.TN_LIMITS = {**settings.TN_LIMITS, name: (count, settings.TN_LIMITS[name][1])}


def test_the_address_is_that_of_everything_else(settings: Any) -> None:
    settings.TN_TRUSTED_PROXIES = ["127.0.0.1"]
    request = RequestFactory().get("/", headers={"X-Forwarded-For": "1.2.3.4, 203.0.113.9"})
    assert get_adapter().get_client_ip(request) == "203.0.113.9"


def test_mails_to_one_mailbox(settings: Any) -> None:
    only(settings, "account_mail.recipient", 2)
    for n in range(4):
        response = Client().post(RESET, {"email": "An@example.com"}, REMOTE_ADDR=f"203.0.113.{n}")
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 3500
    assert len(mail.outbox) == 2
    assert Client().post(RESET, {"email": "ba@example.com"}).status_code == 302


def test_what_was_typed_comes_back_when_django_allauth_refuses(settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"signup": "1/60s/ip"}
    typed = {"name": "Nguyễn An", "email": "an@example.com", "password1": "secret-word-7", "password2": "x"}
    for _ in range(2):
        response = Client().post("/en/account/signup/", typed)
    page = response.content.decode()
    assert (response.status_code, response["Retry-After"]) == (429, "60")
    assert 'value="Nguyễn An"' in page
    assert "secret-word-7" not in page
    assert "Passwords and files must be entered again." in page
