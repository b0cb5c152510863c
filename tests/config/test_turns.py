"""Threads that take turns, unless somebody's work takes long."""

import asyncio
import threading
import time

import pytest

from config.turns import PATIENCE, Turns


def both_at_once(turns: Turns, seconds: float) -> tuple[int, float]:
    """How many of four pieces of work ran at the same time at most, and how long all took."""
    running, most = 0, 0
    lock = threading.Lock()

    def work() -> None:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        time.sleep(seconds)
        with lock:
            running -= 1

    async def all_of_them() -> None:
        await asyncio.gather(*(turns.run(work) for _ in range(4)))

    began = time.monotonic()
    asyncio.run(all_of_them())
    return most, time.monotonic() - began


def test_quick_work_takes_turns() -> None:
    assert both_at_once(Turns(4, at_a_time=1), PATIENCE / 10)[0] == 1


def test_as_many_as_may_work_at_a_time() -> None:
    assert both_at_once(Turns(4, at_a_time=2), PATIENCE / 10)[0] == 2


def test_nobody_waits_for_what_takes_long() -> None:
    most, seconds = both_at_once(Turns(4, at_a_time=1), 1.0)
    assert most == 4
    assert seconds < 2.0  # one after the other would take four


def test_after_long_work_turns_are_taken_again() -> None:
    turns = Turns(4, at_a_time=1)
    both_at_once(turns, 0.3)
    assert both_at_once(turns, PATIENCE / 10)[0] == 1


def test_an_error_reaches_who_asked_and_the_thread_goes_on() -> None:
    turns = Turns(1, at_a_time=1)

    async def ask() -> str:
        with pytest.raises(ZeroDivisionError):
            await turns.run(lambda: 1 / 0)
        return str(await turns.run(lambda: "still here"))

    assert asyncio.run(ask()) == "still here"


def test_who_no_longer_waits_disturbs_nobody() -> None:
    turns = Turns(1, at_a_time=1)

    async def ask() -> str:
        task = asyncio.create_task(turns.run(time.sleep, 0.05))
        await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return str(await turns.run(lambda: "still here"))

    assert asyncio.run(ask()) == "still here"
