"""Announcing new events: after the commit, never in it, never by the thread that wrote."""

import threading
from typing import Any

import pytest
from django.db import transaction

from core import background, clock
from issues.events.announce import announce_on_commit
from tests.issues.conftest import MORNING
from tests.jobs import RecordedJobs

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def handed_over(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of what the background thread was asked to do."""
    names: list[str] = []
    monkeypatch.setattr(background, "run_soon", lambda name, _job: names.append(name))
    return names


def test_workers_are_asked_once_the_transaction_has_committed(run_jobs: RecordedJobs) -> None:
    with transaction.atomic():
        announce_on_commit()
        assert run_jobs.names == []
    assert run_jobs.names == ["issues.tasks.drain_events"]


def test_nothing_is_announced_of_what_is_rolled_back_or_of_past_days(run_jobs: RecordedJobs) -> None:
    with transaction.atomic():
        announce_on_commit()
        transaction.set_rollback(True)
    with clock.at(MORNING), transaction.atomic():
        announce_on_commit()
    assert run_jobs.names == []


@pytest.mark.parametrize("shared", [True, False])
def test_open_pages_of_other_processes_hear_over_the_shared_layer(
    shared: bool, settings: Any, handed_over: list[str]
) -> None:
    settings.TN_REDIS_URL = "redis://127.0.0.1:1/0" if shared else None
    with transaction.atomic():
        announce_on_commit()
    assert bool(handed_over) is shared


def test_a_channel_layer_that_fails_is_no_matter_for_the_writer(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.TN_REDIS_URL = "redis://127.0.0.1:1/0"
    asked = threading.Event()

    def layer() -> None:
        asked.set()
        raise OSError("away")

    monkeypatch.setattr("issues.events.announce.get_channel_layer", layer)
    with transaction.atomic():
        announce_on_commit()
    assert asked.wait(10)
