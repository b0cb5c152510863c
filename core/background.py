"""One thread per process for signals to other processes that there is work, so that no request waits for them.

The signals have no content and are repeated elsewhere: beat asks the workers too, and open pages poll. So two requests
for the same job before it ran are one, a failed job is logged and dropped, and jobs that wait when the process ends
are lost.
"""

import asyncio
import logging
import os
import threading
import time
from collections.abc import Callable, Coroutine

logger = logging.getLogger(__name__)

INTERVAL = 0.1  # seconds from the end of one round to the next, so that a busy process sends ten signals a second
INTERVAL_AFTER_FAILURE = 1.0
LIMIT = 5.0  # seconds that a job may wait for others

Job = Callable[[], Coroutine[None, None, None]]


class Background:
    """Runs jobs one after the other, in an event loop that is kept, and with it the connections of the jobs."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting: dict[str, Job] = {}
        self._thread: threading.Thread | None = None

    def run_soon(self, name: str, job: Job) -> None:
        """Run `job` in the thread, unless one of this name waits there already. Never blocks, never fails."""
        with self._changed:
            self._waiting[name] = job
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._work, name="background", daemon=True)
                self._thread.start()
            self._changed.notify()

    def _work(self) -> None:
        with asyncio.Runner() as runner:
            while True:
                with self._changed:
                    self._changed.wait_for(lambda: self._waiting)
                    jobs, self._waiting = self._waiting, {}
                done = [_run(runner, name, job) for name, job in jobs.items()]
                time.sleep(INTERVAL if all(done) else INTERVAL_AFTER_FAILURE)


def _run(runner: asyncio.Runner, name: str, job: Job) -> bool:
    """Whether it succeeded."""
    try:
        runner.run(asyncio.wait_for(job(), LIMIT))
    except Exception as error:
        logger.warning("%s: failed, and is not repeated here (%s: %s)", name, type(error).__name__, error)
        return False
    return True


_background = Background()


def run_soon(name: str, job: Job) -> None:
    """Run `job` in this process's background thread; see `Background.run_soon`."""
    _background.run_soon(name, job)


def _start_over() -> None:
    global _background
    _background = Background()


# A forked process (a child of a Celery worker) has a copy of everything but the thread.
os.register_at_fork(after_in_child=_start_over)
