"""Runs something in many threads that all begin at the same instant."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

Result = TypeVar("Result")


def side_by_side(number: int, act: Callable[[], Result]) -> list[Result]:
    """The results of `number` threads."""
    together = Barrier(number)

    def one(_: int) -> Result:
        together.wait()
        return act()

    with ThreadPoolExecutor(number) as threads:
        return list(threads.map(one, range(number)))
