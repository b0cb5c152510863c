"""The log knows which page was asked for, and never the code or token in its address."""

from typing import Any

import pytest
from django.test import RequestFactory

from core.routes import route_of, route_of_path

SECRET = "x7Qk29LmZ81"


@pytest.mark.parametrize(
    ("path", "route"),
    [
        (f"/vi/follow/{SECRET}/", "/vi/follow/<code>/"),
        (f"/en/follow/KN-2026-0001/{SECRET}/", "/en/follow/<code>/<key>/"),
        (f"/vi/account/confirm-email/{SECRET}/", "/vi/account/confirm-email/<key>/"),
        (f"/vi/account/password/reset/key/1a-{SECRET}/", "/vi/account/password/reset/key/<uidb36>-<key>/"),
        (f"/vi/tickets/{SECRET}/?next=/vi/follow/{SECRET}/", "/vi/tickets/<code>/"),
        (f"/api/v1/tickets/{SECRET}", "/api/v1/tickets/<code>"),
        (f"/media/images/{SECRET}.png", "/media/<path>"),
        (f"/vi/some/{SECRET}/page/", "/vi/<page>"),
        (f"/{SECRET}/vi/", "-"),
        (f"/xx/follow/{SECRET}", "-"),
        ("/healthz", "/healthz"),
        ("/vi/", "/vi/<page>"),
        (f"http://evil.example/{SECRET}", "-"),
        ("", "-"),
        (f"//{SECRET}/[", "-"),
    ],
)
def test_the_pattern_of_an_address(path: str, route: str) -> None:
    assert route_of_path(path) == route


def test_a_request_that_was_never_resolved() -> None:
    request: Any = RequestFactory().get(f"/vi/follow/{SECRET}/?a={SECRET}")
    assert route_of(request) == "/vi/follow/<code>/"
