"""Asks a worker to run a task soon, by the task's name: whoever asks need not import what the task does."""

from celery import current_app

EXPIRES = 30  # seconds; beat repeats every task, so a late request is worth nothing


def request(task: str) -> None:
    """Send the request to the broker. Raises what the broker's client raises when it cannot be reached."""
    current_app.send_task(task, expires=EXPIRES, ignore_result=True)
