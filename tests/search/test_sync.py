"""The drain, on every database and whatever the engine."""

import logging
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import OperationalError

from core import clock
from search import documents, locks, sync
from search.engines.base import Document, Kind
from search.locks import Lock
from search.models import PendingChange
from tests.search.conftest import make_project
from tests.search.fake_engine import FakeEngine

pytestmark = pytest.mark.django_db


def test_without_an_engine_nothing_is_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.engines.current", lambda: None)
    make_project("HN-900", "Cầu")
    assert not PendingChange.objects.exists()
    call_command("search_rebuild")


def test_notes_of_an_engine_that_was_switched_off_are_forgotten(
    fake: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_project("HN-900", "Cầu")
    monkeypatch.setattr("search.engines.current", lambda: None)
    assert len(sync.drain()) == 1
    assert not PendingChange.objects.exists()


class TestVersions:
    def test_each_batch_has_a_higher_version_also_for_what_is_removed(self, fake: FakeEngine) -> None:
        project = make_project("HN-900", "Cầu")
        sync.drain()
        vietnamese = f"project:{project.pk}:vi"
        first = fake.used.documents[vietnamese].version
        project.delete()
        sync.drain()
        assert fake.used.gone[vietnamese] > first > 0

    def test_the_version_is_taken_before_the_objects_are_read(
        self, fake: FakeEngine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A drain that is overtaken between its read and its write loses to the one that read later."""
        project = make_project("HN-900", "Cũ")
        build, overtaken = documents.build, []

        def build_slowly(kind: str, ids: Any) -> list[Document]:
            made = list(build(kind, ids))
            if not overtaken:
                overtaken.append(True)
                type(project).objects.filter(pk=project.pk).update(name_vi="Mới")
                sync.refresh(fake, kind, ids, sync.next_version())
            return made

        monkeypatch.setattr(documents, "build", build_slowly)
        sync.drain()
        assert fake.titles[f"project:{project.pk}:vi"] == "Mới"

    def test_a_note_that_comes_while_a_batch_is_written_is_kept(self, fake: FakeEngine) -> None:
        project = make_project("HN-900", "Cũ")

        def change(_documents: list[Document]) -> None:
            fake.before_write = lambda documents: None
            project.name_vi = "Mới"
            project.save()

        fake.before_write = change
        sync.drain()
        assert fake.titles[f"project:{project.pk}:vi"] == "Mới"
        assert not PendingChange.objects.exists()


class TestAway:
    def test_notes_wait_and_the_next_drain_goes_on(self, fake: FakeEngine, caplog: pytest.LogCaptureFixture) -> None:
        fake.is_away = True
        for number in range(3):
            make_project(f"HN-90{number}", "Cầu")
        with caplog.at_level(logging.WARNING):
            assert [len(sync.drain()) for _ in range(3)] == [0, 0, 0]
        assert PendingChange.objects.count() == 3
        [warning] = [record for record in caplog.records if record.name == "search.sync"]
        assert "3 changes wait" in warning.getMessage()
        assert warning.exc_info is None
        fake.is_away = False
        assert len(sync.drain()) == 3
        assert len(fake.titles) == 6

    def test_what_was_written_before_is_done(self, fake: FakeEngine, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sync, "BATCH", 2)
        for number in range(5):
            make_project(f"HN-90{number}", "Cầu")
        batches = []

        def leave_after_one(_documents: list[Document]) -> None:
            fake.is_away = bool(batches)
            batches.append(fake._ask())

        fake.before_write = leave_after_one
        assert len(sync.drain()) == 2
        assert PendingChange.objects.count() == 3

    def test_a_database_that_goes_away_is_an_error_and_loses_nothing(
        self, fake: FakeEngine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        make_project("HN-900", "Cầu")

        def fail(*args: Any) -> None:
            raise OperationalError("gone")

        monkeypatch.setattr(documents, "build", fail)
        with pytest.raises(OperationalError):
            sync.drain()
        assert PendingChange.objects.count() == 1


def test_one_object_without_documents_holds_up_no_other_and_leaves_the_index(
    fake: FakeEngine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    bad, good = make_project("HN-900", "Hỏng"), make_project("HN-901", "Tốt")
    sync.drain()
    build = documents.build

    def fail(kind: str, ids: Any) -> Any:
        if bad.pk in ids:
            raise ValueError("no words")
        return build(kind, ids)

    monkeypatch.setattr(documents, "build", fail)
    sync.note(Kind.PROJECT, [bad.pk, good.pk])
    assert len(sync.drain()) == 2
    assert fake.titles == {f"project:{good.pk}:vi": "Tốt", f"project:{good.pk}:en": "Tốt"}
    assert "no words" in caplog.text


def test_a_drain_leaves_the_work_to_the_one_that_is_at_it(fake: FakeEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    make_project("HN-900", "Cầu")
    monkeypatch.setattr(locks, "held", _taken)
    assert not sync.drain()
    assert PendingChange.objects.count() == 1


class _taken:
    def __init__(self, lock: Lock) -> None:
        assert lock is Lock.DRAIN

    def __enter__(self) -> bool:
        return False

    def __exit__(self, *args: object) -> None:
        return None


def test_very_many_notes_are_drained_in_small_batches(fake: FakeEngine) -> None:
    sync.note(Kind.PROJECT, iter(range(10**6, 10**6 + 20_000)))
    assert PendingChange.objects.count() == 20_000
    assert len(sync.drain()) == 20_000
    assert not PendingChange.objects.exists()
    assert fake.largest <= sync.BATCH * len(documents.locales())


def test_the_lag_is_that_of_the_oldest_note(fake: FakeEngine) -> None:
    assert sync.lag() == sync.Lag()
    noon = datetime(2026, 11, 18, 5, tzinfo=UTC)
    for seconds in (0, 40):
        with clock.at(noon + timedelta(seconds=seconds)):
            sync.note(Kind.PROJECT, [1])
    with clock.at(noon + timedelta(seconds=60)):
        assert sync.lag() == sync.Lag(waiting=2, seconds=60)
