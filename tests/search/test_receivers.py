"""Changes are noted with their rows."""

from typing import Any

import pytest
from django.db import transaction

from search import documents, sync
from search.engines.base import Engine, EngineUnavailable, Kind, SearchQuery
from search.finding import find
from search.models import PendingChange
from tests.search.conftest import make_project, make_project_page

pytestmark = pytest.mark.django_db
DRAIN_QUERIES = {"sqlite-fts5": 30, "elasticsearch": 14}


def found(engine: Engine, text: str, kind: str = Kind.PROJECT, locale: str = "vi") -> list[str]:
    sync.drain()
    return [hit.title for hit in find(engine, text, SearchQuery(kinds=(kind,), locale=locale)).result.hits]


class TestNotes:
    def test_a_change_that_is_rolled_back_leaves_no_note(self, engine: Engine) -> None:
        with transaction.atomic():
            make_project("HN-900", "Cầu")
            transaction.set_rollback(True)
        assert not PendingChange.objects.exists()

    def test_a_transaction_asks_for_one_drain(self, engine: Engine, run_jobs: Any) -> None:
        for number in range(3):
            make_project(f"HN-90{number}", "Cầu")
        run_jobs()
        assert run_jobs.names.count("search.tasks.drain") == 1
        assert engine.count() == 6

    def test_draining_twice_changes_nothing(self, engine: Engine) -> None:
        make_project("HN-900", "Cầu")
        assert sync.drain().changed == {Kind.PROJECT: set(documents.all_ids(Kind.PROJECT))}
        assert not sync.drain()
        assert engine.count() == 2

    def test_a_failed_drain_keeps_the_notes(self, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
        make_project("HN-900", "Cầu")

        def refuse(*args: Any) -> None:
            raise EngineUnavailable("down")

        with monkeypatch.context() as broken:
            broken.setattr(type(engine), "put", refuse)
            assert not sync.drain()
        assert PendingChange.objects.count() == 1
        assert found(engine, "cầu") == ["Cầu"]

    def test_more_than_one_batch(self, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sync, "BATCH", 2)
        for number in range(5):
            make_project(f"HN-90{number}", "Cầu")
        assert len(sync.drain()) == 5
        assert engine.count() == 10

    @pytest.mark.parametrize("count", [1, 3])
    def test_queries_of_a_drain(self, engine: Engine, site: None, django_assert_num_queries: Any, count: int) -> None:
        make_project_page(make_project("HN-899", "Cầu"))
        sync.drain()  # the first one looks up what it then remembers
        for number in range(count):
            make_project_page(make_project(f"HN-90{number}", "Cầu"))
        with django_assert_num_queries(DRAIN_QUERIES[engine.name]):
            sync.drain()
