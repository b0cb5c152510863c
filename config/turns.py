"""Threads that take turns: only so many work at a time, as long as their work is quick.

Threads that compute at the same time hand Python's interpreter lock to and fro at every query, and lose a third of
their time with it (docs/decisions/0016). So a thread keeps its turn from one piece of work to the next, and the others
wait. What takes longer than PATIENCE loses its turn and runs on beside the rest: nobody waits for an export.
"""

import asyncio
import queue
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

PATIENCE = 0.03  # seconds for which a piece of work may keep others waiting


@dataclass(eq=False)
class _Job:
    work: Callable[..., Any]
    arguments: tuple[Any, ...]
    loop: asyncio.AbstractEventLoop
    answer: "asyncio.Future[Any]"
    began: float = field(default=0.0)


class Turns:
    """`threads` threads, of which at most `at_a_time` work unless the work of some takes long. For one event loop."""

    def __init__(self, threads: int, *, at_a_time: int) -> None:
        self._jobs: queue.SimpleQueue[_Job] = queue.SimpleQueue()
        self._free = threading.Semaphore(at_a_time)
        self._changing = threading.Lock()
        self._quick: set[_Job] = set()  # work that has its turn
        self._is_looking = False
        for number in range(threads):
            threading.Thread(target=self._take_turns, name=f"web_{number}", daemon=True).start()

    async def run(self, work: Callable[..., Any], *arguments: Any) -> Any:
        """What `work(*arguments)` returns or raises, called in one of the threads."""
        loop = asyncio.get_running_loop()
        job = _Job(work, arguments, loop, loop.create_future())
        self._jobs.put(job)
        if not self._is_looking:
            self._is_looking = True
            loop.call_later(PATIENCE, self._look, loop)
        return await job.answer

    def _take_turns(self) -> None:
        while True:
            self._free.acquire()
            while self._do(self._jobs.get()):
                pass  # the turn is kept

    def _do(self, job: _Job) -> bool:
        """Do it; whether the turn is still ours then."""
        job.began = time.monotonic()
        with self._changing:
            self._quick.add(job)
        value, error = None, None
        try:
            value = job.work(*job.arguments)
        except BaseException as raised:  # for whoever waits, not for this thread
            error = raised
        with self._changing:
            has_turn = job in self._quick
            self._quick.discard(job)
        with suppress(RuntimeError):  # the loop was closed meanwhile: nobody waits any more
            job.loop.call_soon_threadsafe(_settle, job.answer, value, error)
        return has_turn

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        """Take the turn from what has kept it too long, while others wait."""
        self._is_looking = not self._jobs.empty()
        if not self._is_looking:
            return
        before = time.monotonic() - PATIENCE
        with self._changing:
            slow = {job for job in self._quick if job.began <= before}
            self._quick -= slow
        for _ in slow:
            self._free.release()
        loop.call_later(PATIENCE, self._look, loop)


def _settle(answer: "asyncio.Future[Any]", value: Any, error: BaseException | None) -> None:
    if answer.cancelled():
        return
    if error is None:
        answer.set_result(value)
    else:
        answer.set_exception(error)
