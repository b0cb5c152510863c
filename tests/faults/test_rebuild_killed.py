"""Rebuilding processes that are killed while they work: the next one goes on, with everything in it once."""

import os
import random
import signal
import time
from typing import Any

import pytest
from django.db import connection, connections

from search import engines, rebuilding, sync
from search.engines.base import Engine, Kind, SearchQuery
from search.finding import find
from search.models import UnfinishedRebuild
from tests.search.conftest import make_project, real_engine

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]

PROJECTS = 60


@pytest.fixture
def engine(settings: Any) -> Engine:
    return real_engine(settings)


def rebuilder(*, dies_after: int | None) -> int:
    """A process that rebuilds, and kills itself before its batch of that number is finished; returns its id."""
    connections.close_all()
    pid = os.fork()
    if pid:
        return pid
    status, left = 1, [dies_after or 0]
    try:
        take = rebuilding.next_version

        def take_and_die() -> int:
            if dies_after is not None and not left[0]:
                os.kill(os.getpid(), signal.SIGKILL)
            left[0] -= 1
            return take()

        rebuilding.next_version = take_and_die
        own = engines.current()
        assert own is not None
        rebuilding.rebuild(own)
        status = 0
    finally:
        os._exit(status)


def ended_well(pid: int) -> bool:
    _pid, status = os.waitpid(pid, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "a rebuild failed"
    return not os.WIFSIGNALED(status)


def test_a_killed_rebuild_is_gone_on_with(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rebuilding, "BATCH", 5)
    projects = [make_project(f"HN-{900 + number}", f"Cầu {number}") for number in range(PROJECTS)]
    sync.drain()
    assert not ended_well(rebuilder(dies_after=4))
    state = UnfinishedRebuild.objects.get()
    assert (state.kind, state.object_id) == (Kind.PROJECT, projects[19].pk)
    # Searching and draining go on beside the unfinished one.
    assert find(engine, "cầu", SearchQuery()).result.count == PROJECTS
    projects[0].name_vi = "Hầm số không"
    projects[0].save()
    projects[1].delete()
    sync.drain()
    chance = random.Random(7)
    for _ in range(3):  # shot at any time
        pid = rebuilder(dies_after=None)
        time.sleep(chance.random() * 0.15)
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    assert ended_well(rebuilder(dies_after=None))
    assert not UnfinishedRebuild.objects.exists()
    vietnamese = SearchQuery(limit=1000)
    found = [hit.object_id for hit in find(engine, "", vietnamese).result.hits]
    assert sorted(found) == sorted(project.pk for project in projects if project.pk)
    assert find(engine, "hầm số không", vietnamese).result.count == 1
    if connection.vendor == "sqlite":
        assert "search_document_b" not in " ".join(connection.introspection.table_names())
