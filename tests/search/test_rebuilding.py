"""Rebuilding, on every database and whatever the engine."""

import os
import signal
from typing import Any

import pytest
from django.db import connections

from investment.models import Project
from search import documents, locks, rebuilding, sync
from search.engines.base import Document, EngineUnavailable, Kind
from search.locks import Lock
from search.models import UnfinishedRebuild
from tests.search.conftest import make_project
from tests.search.fake_engine import FakeEngine

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rebuilding, "BATCH", 2)


@pytest.fixture
def bridges(fake: FakeEngine) -> list[int]:
    ids = [make_project(f"HN-90{number}", f"Cầu {number}").pk for number in range(5)]
    sync.drain()
    return ids


class Killed(BaseException):
    """Stands for what ends a process at once."""


def killed_after(fake: FakeEngine, batches: int) -> None:
    """Run a rebuild that comes to an end in the middle."""
    left = [batches]

    def count(kind: str, done: int, total: int) -> None:
        left[0] -= 1
        if not left[0]:
            raise Killed

    with pytest.raises(Killed):
        rebuilding.rebuild(fake, progress=count)


@pytest.mark.usefixtures("bridges")
class TestRebuild:
    def test_everything_is_in_the_new_index_and_what_is_gone_is_not(self, fake: FakeEngine) -> None:
        fake.put([Document(kind=Kind.PROJECT, object_id=10**6, locale="vi", title="Cầu ma")])
        assert rebuilding.rebuild(fake) == fake.count()
        assert "Cầu 4" in fake.titles.values()
        assert "Cầu ma" not in fake.titles.values()
        assert not UnfinishedRebuild.objects.exists()

    def test_progress_goes_up_to_the_total_of_each_kind(self, fake: FakeEngine) -> None:
        seen: list[tuple[str, int, int]] = []
        rebuilding.rebuild(fake, progress=lambda *step: seen.append(step))
        assert [step for step in seen if step[0] == Kind.PROJECT] == [("project", n, 5) for n in (2, 4, 5)]

    def test_the_old_index_serves_until_the_end(self, fake: FakeEngine) -> None:
        before = fake.titles
        seen: list[bool] = []
        fake.before_write = lambda documents: seen.append(fake.titles == before)
        rebuilding.rebuild(fake)
        assert all(seen)

    def test_one_that_was_killed_is_gone_on_with(self, fake: FakeEngine) -> None:
        killed_after(fake, batches=2)
        written: list[str] = []
        fake.before_write = lambda documents: written.extend(d.title for d in documents if d.kind == Kind.PROJECT)
        rebuilding.rebuild(fake)
        assert set(written) == {"Cầu 4"}
        assert {f"Cầu {number}" for number in range(5)} <= set(fake.titles.values())
        assert fake.started == 1

    def test_restart_begins_from_the_start(self, fake: FakeEngine) -> None:
        killed_after(fake, batches=2)
        rebuilding.rebuild(fake, restart=True)
        assert fake.started == 2
        assert "Cầu 0" in fake.titles.values()

    def test_one_with_other_kinds_or_an_index_that_is_gone_begins_from_the_start(self, fake: FakeEngine) -> None:
        killed_after(fake, batches=2)
        UnfinishedRebuild.objects.update(form="other")
        killed_after(fake, batches=2)
        fake.building.clear()
        rebuilding.rebuild(fake)
        assert fake.started == 3
        assert "Cầu 0" in fake.titles.values()

    def test_a_change_drained_in_the_middle_wins(self, fake: FakeEngine, bridges: list[int], monkeypatch: Any) -> None:
        """It is drained between the read of a batch and its write: the batch brings an older state, and is refused."""
        build, changed = documents.build, []

        def change_after(kind: str, ids: Any) -> list[Document]:
            made = list(build(kind, ids))
            if kind == Kind.PROJECT and not changed:
                changed.append(True)
                first, second = projects_of(bridges[:2])
                first.name_vi = "Hầm"
                first.save()
                second.delete()
                sync.drain()
            return made

        monkeypatch.setattr(documents, "build", change_after)
        rebuilding.rebuild(fake)
        assert fake.titles[f"project:{bridges[0]}:vi"] == "Hầm"
        assert f"project:{bridges[1]}:vi" not in fake.titles

    def test_what_changes_while_it_lies_unfinished_is_in_it(self, fake: FakeEngine, bridges: list[int]) -> None:
        killed_after(fake, batches=2)
        [first] = projects_of(bridges[:1])
        first.name_vi = "Hầm"
        first.save()
        sync.drain()
        rebuilding.rebuild(fake)
        assert fake.titles[f"project:{bridges[0]}:vi"] == "Hầm"

    def test_an_engine_that_goes_away_leaves_it_to_be_gone_on_with(self, fake: FakeEngine) -> None:
        def leave(_kind: str, done: int, _total: int) -> None:
            fake.is_away = done >= 2

        with pytest.raises(EngineUnavailable):
            rebuilding.rebuild(fake, progress=leave)
        fake.is_away = False
        assert rebuilding.needed(fake)
        rebuilding.rebuild(fake)
        assert fake.started == 1

    def test_a_mistake_of_ours_leaves_the_old_index_and_nothing_else(self, fake: FakeEngine, monkeypatch: Any) -> None:
        def fail(*args: Any) -> None:
            raise RuntimeError

        before = fake.titles
        monkeypatch.setattr(documents, "build", fail)
        with pytest.raises(RuntimeError):
            rebuilding.rebuild(fake)
        assert fake.titles == before
        assert not fake.building
        assert not UnfinishedRebuild.objects.exists()


def projects_of(ids: list[int]) -> list[Any]:
    return list(Project.objects.filter(pk__in=ids).order_by("pk"))


class TestNeeded:
    def test_a_missing_one_an_empty_one_an_unfinished_one(self, fake: FakeEngine) -> None:
        assert rebuilding.needed(fake)
        rebuilding.rebuild(fake)
        assert not rebuilding.needed(fake)
        killed_after(fake, batches=1)
        assert rebuilding.needed(fake)
        rebuilding.rebuild(fake)
        fake.used = None
        assert rebuilding.needed(fake)

    def test_nothing_can_be_done_while_the_engine_is_away(self, fake: FakeEngine) -> None:
        fake.is_away = True
        assert not rebuilding.needed(fake)


@pytest.mark.django_db(transaction=True)
def test_a_second_one_is_refused_and_says_since_when_the_first_runs(fake: FakeEngine) -> None:
    killed_after(fake, batches=1)  # its row says when it began
    ready, ready_child = os.pipe()
    connections.close_all()
    pid = os.fork()
    if not pid:
        try:
            with locks.held(Lock.REBUILD):
                os.write(ready_child, b"1")
                signal.pause()
        finally:
            os._exit(1)
    assert os.read(ready, 1) == b"1"
    try:
        with pytest.raises(rebuilding.AlreadyRunning, match="Another search_rebuild is running since 20"):
            rebuilding.rebuild(fake)
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    rebuilding.rebuild(fake)
