"""Asks a worker to run a task soon, by the task's name: the caller need not import what the task does."""

from functools import partial

from celery import current_app

from core import background

EXPIRES = 30  # seconds; beat repeats every task, so a late request is worth nothing


def request(task: str) -> None:
    """Have the background thread send the request. Never blocks and never fails: without a broker, beat asks later."""
    background.run_soon(task, partial(_send, task))


async def _send(task: str) -> None:
    # Blocks this thread's loop, which serves nobody else, for as long as the broker's timeouts allow.
    current_app.send_task(task, expires=EXPIRES, ignore_result=True)
