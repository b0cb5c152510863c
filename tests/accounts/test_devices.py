"""The cookie by which a device is known: bound to account and password, several accounts on one computer."""

import pytest
from django.test import Client, RequestFactory

from accounts.devices import COOKIE, device_name
from accounts.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-password-7"


@pytest.fixture(autouse=True)
def _without_confirmation(settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "none"


def make(email):
    return User.objects.create_user(email, PASSWORD)


def sign_in(client, user):
    client.cookies.pop("sessionid", None)
    client.post("/en/account/login/", {"login": user.email, "password": PASSWORD})


def known(client, email):
    request = RequestFactory().get("/")
    request.COOKIES[COOKIE] = client.cookies[COOKIE].value
    return device_name(request, email)


def test_signing_in_makes_the_device_known_for_that_account_only():
    an, ba, client = make("an@example.com"), make("ba@example.com"), Client()
    sign_in(client, an)
    cookie = client.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 365 * 24 * 3600)
    assert known(client, "AN@example.com")
    assert not known(client, ba.email)
    assert an.email not in cookie.value


def test_a_computer_at_a_counter_knows_the_last_five():
    people, client = [make(f"p{n}@example.com") for n in range(6)], Client()
    for user in people:
        sign_in(client, user)
    assert [bool(known(client, user.email)) for user in people] == [False, True, True, True, True, True]


def test_the_name_stays_from_sign_in_to_sign_in():
    user, client = make("an@example.com"), Client()
    sign_in(client, user)
    first = known(client, user.email)
    sign_in(client, user)
    assert known(client, user.email) == first


def test_changing_the_password_keeps_this_device_and_forgets_the_others():
    user, here, there = make("an@example.com"), Client(), Client()
    sign_in(here, user)
    sign_in(there, user)
    new = "another-long-word-8"
    here.post("/en/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    user.refresh_from_db()
    assert user.check_password(new)
    assert known(here, user.email)
    assert not known(there, user.email)


def test_without_a_cookie_nothing_is_asked(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert device_name(RequestFactory().get("/"), "an@example.com") == ""
