"""Which engine is chosen, and what its failure looks like."""

import sys
from types import ModuleType
from typing import Any

import pytest
from django.db import connection

from investment.catalogue import ProjectQuery, scan_projects, search_projects, suggest
from search import engines
from search.models import PendingChange
from tests.search.conftest import make_project
from tests.search.fake_engine import FakeEngine

pytestmark = pytest.mark.django_db


class TestChoosing:
    def test_an_address_of_elasticsearch_chooses_it(self, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        asked: list[Any] = []
        module: Any = ModuleType("search.engines.elastic_engine")
        module.ElasticEngine = lambda *args, **more: asked.append((args, more)) or FakeEngine()
        monkeypatch.setitem(sys.modules, "search.engines.elastic_engine", module)
        settings.SEARCH_ELASTICSEARCH_URL = "http://search:9200"
        settings.SEARCH_PREFIX = "hue"
        settings.SEARCH_TIMEOUT = 1.5
        settings.SEARCH_REPLICAS = 1
        found = engines.current()
        assert isinstance(found, FakeEngine)
        assert asked == [(("http://search:9200", "hue"), {"timeout": 1.5, "replicas": 1})]

    def test_without_an_address_the_database_decides(self, settings: Any) -> None:
        settings.SEARCH_ELASTICSEARCH_URL = None
        found = engines.current()
        assert (found and found.name) == ("sqlite-fts5" if connection.vendor == "sqlite" else None)


class TestFailing:
    def test_an_engine_that_is_away_gives_the_database_list_with_a_notice(self, fake: FakeEngine) -> None:
        make_project("HN-900", "Cầu Đông Anh")
        fake.is_away = True
        results = search_projects(ProjectQuery(q="dong anh"))
        assert (results.engine, results.count, bool(results.note)) == ("database", 1, True)
        assert [found.text for found in suggest("dong")] == ["Cầu Đông Anh"]
        assert [hit.project.code for hit in scan_projects(ProjectQuery(q="dong anh"))] == ["HN-900"]
        fake.is_away = False
        assert search_projects(ProjectQuery(q="dong anh")).engine == "fake"

    def test_what_changes_while_it_is_away_is_noted(self, fake: FakeEngine) -> None:
        fake.is_away = True
        make_project("HN-900", "Cầu")
        assert PendingChange.objects.count() == 1

    def test_an_index_that_is_missing_counts_as_away(self, fake: FakeEngine) -> None:
        make_project("HN-900", "Cầu")
        fake.used = None
        assert search_projects(ProjectQuery()).note

    def test_where_no_engine_was_chosen_there_is_no_notice(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(engines, "current", lambda: None)
        make_project("HN-900", "Cầu Đông Anh")
        results = search_projects(ProjectQuery(q="dong anh"))
        assert (results.engine, results.count, results.note) == ("database", 1, "")
        assert [found.text for found in suggest("dong")] == ["Cầu Đông Anh"]
        assert [hit.project.code for hit in scan_projects(ProjectQuery(q="dong anh"))] == ["HN-900"]
