"""Addresses for machines."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from core import clock

pytestmark = pytest.mark.django_db


def test_healthz_asks_nobody(client: Client, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert client.get("/healthz").json() == {"status": "ok"}


def test_metrics_are_closed_without_a_token(client: Client, settings: object) -> None:
    settings.TN_METRICS_TOKEN = None  # type: ignore[attr-defined]
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


def test_metrics_ask_for_the_token_where_one_is_set(client: Client, settings: object) -> None:
    settings.TN_METRICS_TOKEN = "letmein"  # type: ignore[attr-defined]
    assert client.get("/metrics").status_code == 401
    assert client.get("/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 401
    assert client.get("/metrics", headers={"Authorization": "Bearer letmein"}).status_code == 200


def test_whom_to_write_about_a_hole(client: Client, settings: Any) -> None:
    settings.TN_SECURITY_CONTACT = "mailto:bao-mat@dautu.example.vn"
    with clock.at(datetime(2026, 11, 18, 2, 0, tzinfo=UTC)):
        answer = client.get("/.well-known/security.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode().splitlines() == [
        "Contact: mailto:bao-mat@dautu.example.vn",
        "Expires: 2027-05-17T00:00:00Z",
        "Preferred-Languages: vi, en",
        "Canonical: http://testserver/.well-known/security.txt",
    ]


def test_without_a_setting_it_is_the_usual_mailbox(client: Client) -> None:
    assert "Contact: mailto:security@testserver\n" in client.get("/.well-known/security.txt").content.decode()
