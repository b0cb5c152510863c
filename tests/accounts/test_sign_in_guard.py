"""Guessing a password gets slower and slower, and locks nobody out: not the person, not their devices."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.cache.backends.dummy import DummyCache
from django.test import Client

from accounts.backends import ShutOut
from accounts.models import User
from core import clock

pytestmark = pytest.mark.django_db
PASSWORD, WRONG = "a-long-password-7", "wrong"
LOGIN = "/en/account/login/"
OFFICE, STRANGER = "198.51.100.7", "203.0.113.9"
START = clock.now()


@pytest.fixture
def person(settings) -> User:
    settings.ACCOUNT_EMAIL_VERIFICATION = "none"
    user = User.objects.create_user("an@example.com", PASSWORD, name="An")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def attempt(password=WRONG, *, client=None, address=STRANGER, email="an@example.com", after=0):
    with clock.at(START + timedelta(seconds=after)):
        return (client or Client()).post(LOGIN, {"login": email, "password": password}, REMOTE_ADDR=address)


def lock(address=STRANGER, **where):
    for _ in range(5):
        assert attempt(address=address, **where).status_code == 200


def test_after_five_wrong_ones_the_page_says_how_long_to_wait(person):
    lock()
    response = attempt(PASSWORD)
    html = response.content.decode()
    assert response.status_code == 429
    assert response["Retry-After"] == "30"
    assert "Wait 30 seconds, or set a new password by e-mail." in html
    assert 'value="an@example.com"' in html
    assert attempt(PASSWORD, after=30).status_code == 302


def test_each_further_one_waits_twice_as_long_up_to_an_hour(person):
    lock()
    at, waits = 0, []
    for _ in range(9):
        wait = int(attempt(after=at)["Retry-After"])
        waits.append(wait)
        at += wait
        assert attempt(after=at).status_code == 200
    assert waits == [30, 60, 120, 240, 480, 960, 1920, 3600, 3600]


def test_a_stranger_locks_nobody_else_out(person):
    for n in range(40):
        attempt(address=f"192.0.2.{n}")
    lock()
    lock(address="2001:db8:1:2::1")
    assert attempt(PASSWORD, address="2001:db8:1:2::2").status_code == 429  # the same line
    assert attempt(PASSWORD, address=OFFICE).status_code == 302


def test_a_device_that_signed_in_before_stays_free(person):
    client = Client()
    assert attempt(PASSWORD, client=client, address=OFFICE).status_code == 302
    del client.cookies["sessionid"]
    lock(address=OFFICE)  # by somebody else behind the same address
    assert attempt(PASSWORD, address=OFFICE).status_code == 429
    assert attempt(PASSWORD, client=client, address=OFFICE).status_code == 302


def test_also_while_the_address_has_tried_too_many_accounts(person, settings):
    settings.TN_LIMITS = {**settings.TN_LIMITS, "sign_in.address": (8, 600)}
    client = Client()
    attempt(PASSWORD, client=client, address=OFFICE)
    del client.cookies["sessionid"]
    for n in range(8):
        attempt(address=OFFICE, email=f"somebody-{n}@example.com")
    refused = attempt(PASSWORD, address=OFFICE)
    assert (refused.status_code, refused["Retry-After"]) == (429, "600")
    assert attempt(PASSWORD, client=client, address=OFFICE).status_code == 302


def test_the_device_itself_cannot_guess_on(person):
    client = Client()
    attempt(PASSWORD, client=client)
    del client.cookies["sessionid"]
    lock(client=client)
    assert attempt(PASSWORD, client=client, address=OFFICE).status_code == 429


def test_a_new_password_ends_what_other_devices_knew(person):
    client = Client()
    attempt(PASSWORD, client=client)
    del client.cookies["sessionid"]
    person.set_password("another-long-word-8")
    person.save()
    lock()
    assert attempt("another-long-word-8", client=client).status_code == 429


@pytest.mark.parametrize("cookie", ["", "x", "a:b:c", "WyJ4Il0:1:2", "\xe9"])
def test_a_cookie_of_ones_own_making_is_worth_nothing(person, cookie):
    lock()
    client = Client()
    client.cookies["tn_device"] = cookie
    assert attempt(PASSWORD, client=client).status_code == 429


def test_the_same_words_for_an_account_that_does_not_exist(person):
    lock(email="nobody@example.com")
    response = attempt(email="NOBODY@example.com")
    assert (response.status_code, response["Retry-After"]) == (429, "30")


def test_a_person_who_mistypes_a_few_times_gets_in(person):
    for _ in range(3):
        for _ in range(4):
            attempt()
        assert attempt(PASSWORD).status_code == 302


def test_the_factor_gives_more_tries(person, settings):
    settings.TN_LIMITS_FACTOR = 2
    lock()
    lock()
    assert attempt(PASSWORD).status_code == 429


def test_the_present_password_cannot_be_guessed_in_a_borrowed_session(person):
    client = Client()
    client.force_login(person)
    url = "/en/account/password/change/"
    new = "another-long-word-8"
    with clock.at(START):
        for _ in range(5):
            client.post(url, {"oldpassword": "wrong", "password1": new, "password2": new})
        response = client.post(url, {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert (response.status_code, response["Retry-After"]) == (429, "30")
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_confirming_who_one_is_counts_too(person):
    client = Client()
    client.force_login(person)
    with clock.at(START):
        for _ in range(5):
            client.post("/en/account/reauthenticate/", {"password": "wrong"})
        response = client.post("/en/account/reauthenticate/", {"password": PASSWORD})
    assert (response.status_code, response["Retry-After"]) == (429, "30")


@pytest.mark.parametrize("path", ["/admin/login/", "/en/_util/login/"])
def test_there_is_no_other_sign_in(person, path):
    for method in ("get", "post"):
        response = getattr(Client(), method)(path, {"username": person.email, "password": PASSWORD})
        assert response.status_code in (301, 302)
        assert "/account/login/" in response["Location"]


@pytest.mark.parametrize("email", ["", "x" * 5_000, "\x00", "ａn@example.com", "a@b@c", "'--"])
def test_any_text_is_answered_calmly(person, email):
    assert attempt(email=email).status_code in (200, 429)


def test_nobody_waits_while_the_cache_is_away(person, monkeypatch):
    away = DummyCache("away", {})
    monkeypatch.setattr("core.attempts.cache", away)
    monkeypatch.setattr("core.back_off.cache", away)
    for _ in range(8):
        assert attempt().status_code == 200
    assert attempt(PASSWORD).status_code == 302


class Compared:
    """While one password is compared the next request comes in, as from another thread; how many were compared."""

    def __init__(self, monkeypatch, number, **where):
        self.number, self.statuses, self.left, self.where = 0, [], number, where
        monkeypatch.setattr(ShutOut, "authenticate", lambda *_, **__: self._compare())  # the first that is asked

    def _compare(self):
        self.number += 1
        self.next()

    def next(self):
        if self.left:
            self.left -= 1
            self.statuses.append(attempt(WRONG, **self.where).status_code)


def test_side_by_side_no_more_passwords_are_compared_than_one_after_the_other(person, monkeypatch):
    compared = Compared(monkeypatch, 12)
    compared.next()
    while compared.left:
        compared.next()
    assert compared.number == 5
    assert sorted(compared.statuses) == [200] * 5 + [429] * 7


def test_side_by_side_for_many_accounts_of_one_address(person, settings, monkeypatch):
    settings.TN_LIMITS = {**settings.TN_LIMITS, "sign_in.address": (3, 600)}
    compared = Compared(monkeypatch, 6)
    compared.next()
    assert compared.number == 3


def test_the_right_password_counts_nowhere(person, settings):
    settings.TN_LIMITS = {**settings.TN_LIMITS, "sign_in.address": (3, 600), "sign_in.pair": (2, 600)}
    for _ in range(8):
        assert attempt(PASSWORD).status_code == 302
    assert attempt().status_code == 200
    assert attempt(PASSWORD).status_code == 302


def test_a_device_that_signs_in_beside_a_guessing_stranger(person, monkeypatch):
    client = Client()
    attempt(PASSWORD, client=client, address=STRANGER)
    del client.cookies["sessionid"]
    compared = Compared(monkeypatch, 8)
    compared.next()
    assert compared.number == 5
    assert attempt(PASSWORD, client=client, address=STRANGER).status_code == 302


def test_the_right_present_password_is_not_counted(person):
    client = Client()
    client.force_login(person)
    with clock.at(START):
        for _ in range(7):
            data = {"oldpassword": PASSWORD, "password1": "another-long-word-8", "password2": "different"}
            assert client.post("/en/account/password/change/", data).status_code == 200
