"""The command that makes the index."""

from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from search import documents, sync
from search.engines.base import Document, Engine, Kind, SearchQuery
from search.finding import find
from tests.search.conftest import make_project

pytestmark = pytest.mark.django_db


class TestRebuild:
    def test_the_command_makes_the_index_anew(self, engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
        make_project("HN-900", "Cầu")
        engine.put([Document(kind=Kind.PROJECT, object_id=10**6, locale="vi", title="Cầu ma")])
        call_command("search_rebuild")
        assert [hit.title for hit in find(engine, "cầu", SearchQuery()).result.hits] == ["Cầu"]
        assert "project: 1 of 1" in capsys.readouterr().out

    def test_a_rebuild_that_fails_leaves_the_old_index(self, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
        make_project("HN-900", "Cầu")
        sync.drain()

        def fail(*args: Any) -> None:
            raise RuntimeError("no disk")

        monkeypatch.setattr(documents, "build", fail)
        with pytest.raises(RuntimeError):
            sync.rebuild(engine)
        assert engine.count() == 2
        assert "search_document_b" not in " ".join(connection.introspection.table_names())
