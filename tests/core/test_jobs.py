"""Asking a worker for a task: by name, from the background, and nobody minds when there is no broker."""

import threading
from typing import Any

import pytest
from celery import Celery

from core import background
from core.jobs import EXPIRES, request  # the real one: tests/jobs.py replaces the module's name for it


def test_the_task_is_asked_for_by_name_and_not_in_the_asking_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[Any] = []
    arrived = threading.Event()

    def send_task(_app: Celery, name: str, **options: Any) -> None:
        sent.append((name, options, threading.current_thread()))
        arrived.set()

    monkeypatch.setattr(Celery, "send_task", send_task)
    request("issues.tasks.drain_events")
    assert arrived.wait(10)
    [(name, options, thread)] = sent
    assert (name, options) == ("issues.tasks.drain_events", {"expires": EXPIRES, "ignore_result": True})
    assert thread is not threading.current_thread()


def test_a_broker_that_is_away_is_logged_and_asked_again_the_next_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "INTERVAL_AFTER_FAILURE", 0.0)
    asked, twice = threading.Semaphore(0), []

    def send_task(_app: Celery, name: str, **_options: Any) -> None:
        twice.append(name)
        asked.release()
        raise ConnectionError("no broker")

    monkeypatch.setattr(Celery, "send_task", send_task)
    for _ in range(2):
        request("issues.tasks.drain_events")
        assert asked.acquire(timeout=10)
    assert len(twice) == 2
