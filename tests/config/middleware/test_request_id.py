"""One line for each request."""

import logging

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
SECRET = "x7Qk29LmZ81"


def test_the_line_of_a_request_has_no_secret(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    paths = (f"/vi/follow/KN-2026-0001/{SECRET}/", f"/vi/rating/{SECRET}/?{SECRET}={SECRET}", f"/vi/no/{SECRET}/")
    with caplog.at_level(logging.INFO, logger="trong_ngay.requests"):
        for path in (*paths, f"/{SECRET}"):
            client.get(path, headers={"Referer": f"http://testserver/{SECRET}", "User-Agent": SECRET})
    assert len(caplog.messages) == 4
    assert SECRET not in caplog.text
    assert "GET /vi/rating/<token>/" in caplog.text
