"""django-allauth with our limits and our way to find a caller's address."""

import re
from typing import Any

import pytest
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client, RequestFactory

from accounts.models import User
from core import clock

pytestmark = pytest.mark.django_db
RESET, PASSWORD = "/en/account/password/reset/", "seven-quiet-lamps-outside"


def only(settings: Any, name: str, count: int) -> None:
    settings.TN_LIMITS = {**settings.TN_LIMITS, name: (count, settings.TN_LIMITS[name][1])}


def test_the_address_is_that_of_everything_else(settings: Any) -> None:
    settings.TN_TRUSTED_PROXIES = ["127.0.0.1"]
    request = RequestFactory().get("/", headers={"X-Forwarded-For": "1.2.3.4, 203.0.113.9"})
    assert get_adapter().get_client_ip(request) == "203.0.113.9"


def ask(email: str, n: int = 1) -> Any:
    return Client().post(RESET, {"email": email}, REMOTE_ADDR=f"203.0.113.{n}", follow=True)


def sign_up(email: str, n: int = 1) -> Any:
    typed = {"name": "Nguyễn An", "email": email, "password1": PASSWORD, "password2": PASSWORD}
    return Client().post("/en/account/signup/", typed, REMOTE_ADDR=f"203.0.113.{n}", follow=True)


def account(email: str) -> User:
    person = User.objects.create_user(email, PASSWORD, name="An")
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    return person


def seen(response: Any) -> Any:
    """What a stranger sees; tokens and request ids change with each answer."""
    page = re.sub(r'(nonce|value|content)="[^"]*"', "", response.content.decode())
    return response.status_code, response.redirect_chain, re.sub(r"203\.0\.113\.\d+|[0-9a-f]{16,}", "", page)


@pytest.mark.parametrize("has_account", [True, False])
def test_what_is_too_much_for_one_mailbox_is_left_out_and_answered_alike(settings: Any, has_account: bool) -> None:
    only(settings, "account_mail.recipient", 2)
    if has_account:
        account("an@example.com")
    with clock.at(clock.now()):
        answers = [seen(ask("An@example.com", n)) for n in range(4)]
    assert answers == [answers[0]] * 4
    assert answers[0][0] == 200
    assert len(mail.outbox) == 2
    ask("ba@example.com")
    assert len(mail.outbox) == 3


def test_what_is_left_out_is_logged_without_the_address(settings: Any, caplog: pytest.LogCaptureFixture) -> None:
    only(settings, "account_mail.recipient", 1)
    person = account("an@example.com")
    with caplog.at_level("INFO", logger="trong_ngay.security"):
        for _ in range(2):
            ask("an@example.com")
    records = [record.security for record in caplog.records if hasattr(record, "security")]
    left_out = [record for record in records if record["event"] == "mail_left_out"]
    assert [(row["limit"], row["person"]) for row in left_out] == [("account_mail.recipient", person.pk)]
    assert "an@example.com" not in caplog.text


def test_a_stranger_keeps_nobody_from_signing_up(settings: Any) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    only(settings, "account_mail.recipient", 2)
    fresh = seen(sign_up("ba@example.com"))
    for n in range(3):
        ask("an@example.com", n)
    answer = seen(sign_up("an@example.com"))
    assert (answer[0], answer[1]) == (fresh[0], fresh[1])
    assert User.objects.filter(email="an@example.com").exists()


def test_signing_up_twice_shows_nothing_of_the_first_time(settings: Any) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    with clock.at(clock.now()):
        first, second = sign_up("an@example.com", 1), sign_up("an@example.com", 2)
    assert seen(first) == seen(second)
    assert len(mail.outbox) == 1


def test_one_address_that_asks_for_many_is_refused_and_knows_when(settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"reset_password": "2/600s/ip"}
    for n in range(3):
        response = Client().post(RESET, {"email": f"an{n}@example.com"})
    assert (response.status_code, int(response["Retry-After"]) > 0) == (429, True)


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
