"""Limits by name, the factor, and what a refusal says."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import translation

from core import limits
from core.errors import TooMany


@pytest.fixture(autouse=True)
def _few(settings):
    settings.TN_LIMITS = {"look.address": (3, 90), "look.person": (5, 90), "tabs.person": (4, 0)}
    settings.TN_LIMITS_FACTOR = 1
    with translation.override("en"):
        yield


def asked_by(address):
    request = RequestFactory().get("/", REMOTE_ADDR=address)
    request.user = AnonymousUser()
    return request


def test_one_too_many_is_refused_with_the_time_to_wait():
    for _ in range(3):
        limits.spend("look.address", "a")
    with pytest.raises(TooMany, match="Wait 2 min, then try again") as error:
        limits.spend("look.address", "a")
    assert error.value.extra["retry_after"] in (89, 90)
    assert limits.say_when(HttpResponse(), error.value)["Retry-After"] == str(error.value.extra["retry_after"])
    limits.spend("look.address", "b")


def test_refusing_first_does_not_count():
    for _ in range(9):
        limits.refuse("look.address", "a")


@pytest.mark.parametrize(("factor", "most"), [(1, 4), (2.5, 10), (0.5, 2), (0.001, 1)])
def test_the_factor_multiplies_every_count(settings, factor, most):
    settings.TN_LIMITS_FACTOR = factor
    assert limits.most("tabs.person") == most
    assert limits.limit("look.person").most == max(1, round(5 * factor))


def test_one_line_to_the_internet_is_one_address():
    for n in range(3):
        limits.spend_by_caller(asked_by(f"2001:db8:1:2::{n}"), "look")
    with pytest.raises(TooMany):
        limits.spend_by_caller(asked_by("2001:db8:1:2:ffff::1"), "look")
    limits.spend_by_caller(asked_by("2001:db8:1:3::1"), "look")


@pytest.mark.parametrize(
    ("seconds", "words"), [(1, "1 second"), (59, "59 seconds"), (60, "1 min"), (61, "2 min"), (3600, "1 h")]
)
def test_the_time_in_words(seconds, words):
    assert limits.waiting_time(seconds) == words
