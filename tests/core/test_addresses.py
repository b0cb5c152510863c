"""The caller behind proxies: what is believed, from whom, and that nothing malformed is an error."""

import pytest
from django.test import RequestFactory

from core.addresses import address_key, caller_address, caller_of, scope_address

NGINX, BALANCER, PERSON = "172.31.255.2", "10.20.0.7", "203.0.113.9"


@pytest.fixture(autouse=True)
def _proxies(settings):
    settings.TN_TRUSTED_PROXIES = ["172.31.255.2/32", "10.20.0.0/16", "2001:db8:aa::/48"]


def address(peer, forwarded=""):
    request = RequestFactory().get("/", REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=forwarded)
    return caller_address(request)


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        (PERSON, "", PERSON),
        (PERSON, "1.2.3.4", PERSON),  # not a proxy: its word counts for nothing
        (NGINX, PERSON, PERSON),
        (NGINX, f"{PERSON}, {BALANCER}", PERSON),
        (NGINX, f"1.2.3.4, {PERSON}, {BALANCER}", PERSON),  # a caller wrote the first one
        (NGINX, f"{NGINX}, {PERSON}, {BALANCER}", PERSON),
        (NGINX, "10.20.0.1, 10.20.0.2", "10.20.0.1"),  # only proxies: the first of them
        (NGINX, "", NGINX),
        (NGINX, f"{PERSON}:4711", PERSON),
        (NGINX, "[2001:db8:1::5]:443", "2001:db8:1::5"),
        (NGINX, f"::ffff:{PERSON}", PERSON),
        (f"::ffff:{NGINX}", PERSON, PERSON),
        ("2001:db8:aa::1", "2001:db8:1::5", "2001:db8:1::5"),
    ],
)
def test_the_rightmost_address_that_is_no_proxy_of_ours(peer, forwarded, expected):
    assert address(peer, forwarded) == expected
    headers = [(b"X-Forwarded-For", part.strip().encode()) for part in forwarded.split(",")]
    assert scope_address({"client": (peer, 1), "headers": headers}) == expected


@pytest.mark.parametrize("forwarded", ["unknown", "_hidden", ",", "999.1.1.1", "[::1", "\x00", "1" * 9_000, "é", ", ,"])
def test_what_cannot_be_read_ends_at_the_last_proxy(forwarded):
    assert address(NGINX, forwarded) == NGINX
    assert address(NGINX, f"{forwarded}, {BALANCER}") == BALANCER
    assert address(NGINX, f"{forwarded}, {PERSON}") == PERSON


def test_without_a_peer_there_is_no_address():
    assert address("", PERSON) == ""
    assert scope_address({}) == ""


@pytest.mark.parametrize(
    ("forwarded", "proto", "scheme"),
    [
        (PERSON, "https", "https"),
        (f"{PERSON}, {BALANCER}", "https, http", "https"),  # both add: the caller reached the balancer by https
        (f"{PERSON}, {BALANCER}", "https", "https"),  # one alone sets it
        (f"1.2.3.4, {PERSON}", "https, http", "http"),  # a caller of nginx wrote "https"
        (PERSON, "gopher", ""),
        (PERSON, "", ""),
    ],
)
def test_the_scheme_is_read_at_the_place_of_the_caller(forwarded, proto, scheme):
    assert caller_of(NGINX, {"x-forwarded-for": forwarded, "x-forwarded-proto": proto}).scheme == scheme
    assert caller_of(PERSON, {"x-forwarded-for": forwarded, "x-forwarded-proto": proto}).scheme == ""


@pytest.mark.parametrize(
    ("given", "counted"),
    [
        (PERSON, PERSON),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        (f"::ffff:{PERSON}", PERSON),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        ("nonsense", "nonsense"),
    ],
)
def test_an_ipv6_address_counts_by_its_line(given, counted):
    assert address_key(given) == counted
