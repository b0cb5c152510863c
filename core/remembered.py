"""Small tables that every request reads, remembered in the process for a moment."""

import time
import weakref
from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from django.db.models import Model
from django.db.models.signals import post_delete, post_save

T = TypeVar("T")
SECONDS = 2.0

_all: "weakref.WeakSet[Remembered[Any]]" = weakref.WeakSet()


class Remembered(Generic[T]):
    """What `read` returned, for at most SECONDS; read anew at once after a row of `of` was saved or deleted here.

    Another process sees a change after SECONDS at the latest. The value is shared between threads: nobody changes it.
    """

    def __init__(self, read: Callable[[], T], *, of: Sequence[type[Model]]) -> None:
        self._read = read
        self._kept: tuple[float, T] | None = None  # until when, and the value: replaced together
        _all.add(self)
        for model in of:
            for signal in (post_save, post_delete):
                signal.connect(self._changed, sender=model)

    def get(self) -> T:
        """The value; reads it when it is not known or too old."""
        now, kept = time.monotonic(), self._kept
        if kept is None or now >= kept[0]:
            kept = self._kept = (now + SECONDS, self._read())
        return kept[1]

    def forget(self) -> None:
        """Read anew at the next question."""
        self._kept = None

    def _changed(self, **_: Any) -> None:
        self.forget()


class Answers(Generic[T]):
    """Answers by question, the latest `most` of them. For what stays right as long as the question stays the same:
    part of the question is then a number that changes with the data."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: dict[Any, T] = {}
        _answers.add(self)

    def get(self, question: Any, find: Callable[[], T]) -> T:
        """The answer to a question, which must be hashable; `find` gives it where it is not known."""
        kept = self._kept
        if question in kept:
            return kept[question]
        found = find()
        if len(self._kept) >= self._most:
            self._kept = {}  # a new dictionary, not an emptied one: another thread may be reading
        self._kept[question] = found
        return found

    def forget(self) -> None:
        """Find every answer anew."""
        self._kept = {}


_answers: "weakref.WeakSet[Answers[Any]]" = weakref.WeakSet()


def forget_all() -> None:
    """Forget every remembered value of this process (between tests, whose rows are rolled back)."""
    for remembered in list(_all):
        remembered.forget()
    for answers in list(_answers):
        answers.forget()
