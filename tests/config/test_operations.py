"""Addresses for machines."""

import pytest
from django.test import Client

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
