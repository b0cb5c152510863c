"""What beat asks the workers for."""

import logging
from typing import Any

import pytest

from search import rebuilding, tasks
from tests.search.conftest import make_project
from tests.search.fake_engine import FakeEngine

pytestmark = pytest.mark.django_db


class TestRebuild:
    def test_a_missing_index_is_made_once(self, fake: FakeEngine) -> None:
        make_project("HN-900", "Cầu")
        fake.used = None
        tasks.rebuild()
        tasks.rebuild()
        assert fake.started == 1
        assert "Cầu" in fake.titles.values()

    @pytest.mark.parametrize("error", [rebuilding.AlreadyRunning(None), rebuilding.EngineUnavailable("away")])
    def test_what_stands_in_the_way_is_no_error(
        self, fake: FakeEngine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, error: Exception
    ) -> None:
        def fail(*args: Any) -> None:
            raise error

        monkeypatch.setattr(rebuilding, "rebuild", fail)
        with caplog.at_level(logging.WARNING):
            tasks.rebuild()
        assert not any(record.exc_info for record in caplog.records)

    def test_nothing_to_do_without_an_engine(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("search.engines.current", lambda: None)
        tasks.rebuild()


def test_a_drain_while_the_engine_is_away_ends_quietly(fake: FakeEngine) -> None:
    make_project("HN-900", "Cầu")
    fake.is_away = True
    tasks.drain()
