"""Celery in tests: a call is recorded instead of sent; `run_jobs()` runs what was recorded."""

from collections.abc import Iterator
from typing import Any

from celery import Celery, current_app
from celery.app.task import Task
from django.db import connection

MAX_ROUNDS = 100


class RecordedJobs:
    """The calls in order, as (task name, args, kwargs). Calling it runs them, and those that they cause."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = []
        self._tasks: list[tuple[Task, tuple[Any, ...], dict[str, Any]]] = []

    def record(self, task: Task, args: Any = None, kwargs: Any = None, **_options: Any) -> None:
        call = (tuple(args or ()), dict(kwargs or {}))
        self.calls.append((task.name, *call))
        self._tasks.append((task, *call))

    def request(self, task: Task) -> None:
        """As the background thread does: asking for what waits already is asking once."""
        if not any(waiting is task for waiting, _args, _kwargs in self._tasks):
            self.record(task)

    @property
    def names(self) -> list[str]:
        return [name for name, _args, _kwargs in self.calls]

    def __call__(self) -> int:
        """Run everything that waits, also what waits for the test's own transaction. Returns how many ran."""
        ran = 0
        for _round in range(MAX_ROUNDS):
            _run_on_commit()
            waiting, self._tasks = self._tasks, []
            if not waiting:
                return ran
            for task, args, kwargs in waiting:
                task.run(*args, **kwargs)
                ran += 1
        raise AssertionError("jobs keep causing jobs")


def _run_on_commit() -> None:
    """A test's transaction never commits, so what waits for the commit is run here."""
    if not connection.in_atomic_block:
        return
    waiting, connection.run_on_commit = connection.run_on_commit, []
    for _savepoints, callback, _robust in waiting:
        callback()


def recorded(monkeypatch: Any) -> Iterator[RecordedJobs]:
    jobs = RecordedJobs()

    def apply_async(task: Task, args: Any = None, kwargs: Any = None, **options: Any) -> None:
        jobs.record(task, args, kwargs, **options)

    def send_task(app: Celery, name: str, args: Any = None, kwargs: Any = None, **options: Any) -> None:
        app.loader.import_default_modules()
        jobs.record(app.tasks[name], args, kwargs, **options)

    def request(name: str) -> None:
        current_app.loader.import_default_modules()
        jobs.request(current_app.tasks[name])

    monkeypatch.setattr("core.jobs.request", request)
    monkeypatch.setattr(Task, "apply_async", apply_async)
    monkeypatch.setattr(Celery, "send_task", send_task)
    yield jobs
