"""The command that makes the index."""

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from search import documents, engines, locks, rebuilding, sync
from search.engines.base import Document, Engine, Kind, SearchQuery
from search.finding import find
from search.models import UnfinishedRebuild
from tests.search.conftest import make_project
from tests.search.fake_engine import FakeEngine
from tests.search.test_rebuilding import killed_after

pytestmark = pytest.mark.django_db


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def rebuilt(out: io.StringIO | None = None, **options: Any) -> str:
    """What the command writes, problems included."""
    out = out or io.StringIO()
    call_command("search_rebuild", stdout=out, stderr=out, **options)
    return out.getvalue()


class TestRebuild:
    def test_the_command_makes_the_index_again(self, engine: Engine) -> None:
        make_project("HN-900", "Cầu")
        engine.put([Document(kind=Kind.PROJECT, object_id=10**6, locale="vi", title="Cầu ma")])
        said = rebuilt()
        assert [hit.title for hit in find(engine, "cầu", SearchQuery()).result.hits] == ["Cầu"]
        assert "project: 1 of 1" in said
        assert f"{engine.count()} documents" in said

    def test_a_rebuild_that_fails_leaves_the_old_index(self, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
        make_project("HN-900", "Cầu")
        sync.drain()

        def fail(*args: Any) -> None:
            raise RuntimeError("no disk")

        monkeypatch.setattr(documents, "build", fail)
        with pytest.raises(RuntimeError):
            rebuilding.rebuild(engine)
        assert engine.count() == 2
        if connection.vendor == "sqlite":
            assert "search_document_b" not in " ".join(connection.introspection.table_names())

    @pytest.mark.skipif(connection.vendor != "sqlite", reason="the tables of SQLite")
    def test_an_index_of_another_form_or_none_is_made(self, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
        make_project("HN-900", "Cầu")
        rebuilt()
        assert not rebuilding.needed(engine)
        with monkeypatch.context() as changed:
            changed.setattr("search.engines.sqlite_schema.form", lambda: "f0f0f0f0")
            assert engine.health().ok
            assert rebuilding.needed(engine)
            rebuilt(if_needed=True)
            assert not rebuilding.needed(engine)
        with connection.cursor() as cursor:
            for table in ("search_form", "search_words", "search_document"):
                cursor.execute(f"DROP TABLE {table}")
        assert not engine.health().ok
        assert "2" in rebuilt(if_needed=True)
        assert engine.health().ok

    def test_killed_in_the_middle_it_is_gone_on_with(self, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(rebuilding, "BATCH", 2)
        for number in range(5):
            make_project(f"HN-90{number}", "Cầu")
        killed_after(engine, batches=1)
        said = rebuilt()
        assert "project: 2 of 5" not in said
        assert "project: 5 of 5" in said
        assert find(engine, "cầu", SearchQuery()).result.count == 5


class TestProgress:
    @pytest.fixture(autouse=True)
    def _projects(self, fake: FakeEngine, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(rebuilding, "BATCH", 1)
        for number in range(40):
            make_project(f"HN-{900 + number}", "Cầu")

    def test_a_log_gets_a_line_for_every_tenth(self) -> None:
        lines = [line for line in rebuilt().splitlines() if line.startswith("project")]
        assert 10 <= len(lines) <= 12
        assert lines[-1] == "project: 40 of 40"

    def test_a_terminal_gets_a_bar(self) -> None:
        said = rebuilt(Terminal())
        assert "\rproject    [###############...............]  50 %  20 of 40" in said
        assert "100 %  40 of 40\n" in said


class TestRefusals:
    def test_a_second_one_is_refused_politely(self, fake: FakeEngine, monkeypatch: pytest.MonkeyPatch) -> None:
        class Taken:
            def __init__(self, lock: locks.Lock) -> None:
                assert lock is locks.Lock.REBUILD

            def __enter__(self) -> bool:
                return False

            def __exit__(self, *args: object) -> None:
                return None

        killed_after(fake, batches=1)
        monkeypatch.setattr(locks, "held", Taken)
        with pytest.raises(CommandError, match="Another search_rebuild is running since"):
            rebuilt()
        assert "Another search_rebuild is running since" in rebuilt(if_needed=True)
        assert UnfinishedRebuild.objects.exists()

    def test_an_engine_that_is_away_is_an_error_but_for_the_start(self, fake: FakeEngine) -> None:
        def leave(_documents: Any) -> None:
            fake.is_away = True

        fake.before_write = leave
        with pytest.raises(CommandError, match="away"):
            rebuilt()
        assert rebuilt(if_needed=True) == ""  # the next one is asked for by beat

    def test_without_an_engine_there_is_nothing_to_do(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(engines, "current", lambda: None)
        assert "nothing to rebuild" in rebuilt()
        assert rebuilt(if_needed=True) == ""
