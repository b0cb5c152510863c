from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from search import engines, health, sync
from search.engines.base import Kind
from tests.search.conftest import make_project
from tests.search.fake_engine import FakeEngine

pytestmark = pytest.mark.django_db


def test_it_has_the_lag(fake: FakeEngine) -> None:
    make_project("HN-900", "Cầu")
    found = health.health()
    assert found is not None
    assert (found.name, found.ok, found.documents, found.waiting) == ("fake", True, 0, 1)
    assert found.lag_seconds >= 0
    sync.drain()
    found = health.health()
    assert found is not None
    assert (found.documents, found.waiting, found.lag_seconds) == (2, 0, 0.0)


class TestReadiness:
    def test_it_says_what_serves_and_how_far_behind(self, client: Client, fake: FakeEngine) -> None:
        sync.note(Kind.PROJECT, [1])
        answer = client.get("/readyz").json()
        assert answer["status"] == "ok"
        assert answer["checks"]["search"].startswith("ok, fake, 0 documents, 1 changes wait, the oldest for ")

    def test_without_search_the_product_is_ready_and_says_so(self, client: Client, fake: FakeEngine) -> None:
        fake.is_away = True
        answer = client.get("/readyz")
        assert answer.status_code == 200
        assert (answer.json()["status"], answer.json()["checks"]["search"]) == ("degraded", "down")

    def test_no_engine_by_choice_is_no_trouble(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(engines, "current", lambda: None)
        answer = client.get("/readyz").json()
        assert (answer["status"], answer["checks"]["search"]) == ("ok", "ok, from the database")


def test_the_numbers_for_monitoring(fake: FakeEngine, scrape: Callable[[], str], monkeypatch: Any) -> None:
    make_project("HN-900", "Cầu")
    text = scrape()
    for line in ('search_documents{engine="fake"} 0.0', 'search_up{engine="fake"} 1.0', "search_changes_waiting 1.0"):
        assert line in text
    assert "search_lag_seconds 0." in text
    fake.is_away = True
    text = scrape()
    assert 'search_up{engine="fake"} 0.0' in text
    assert 'search_documents{engine="fake"}' not in text
    monkeypatch.setattr(engines, "current", lambda: None)
    assert "search_up{" not in scrape()
