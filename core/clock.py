"""The one source of "now". Simulations and demo loading set it; everything else only asks."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.utils import timezone

_fixed: ContextVar[datetime | None] = ContextVar("fixed_now", default=None)


def now() -> datetime:
    """The current instant, aware, in UTC; inside `at()` the instant given there."""
    return _fixed.get() or timezone.now()


def is_fixed() -> bool:
    """Whether a block runs at another moment than the real one."""
    return _fixed.get() is not None


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Run the block as if it were `moment` (aware). For simulations and for loading past days."""
    if timezone.is_naive(moment):
        raise ValueError(f"a moment needs a time zone: {moment!r}")
    token = _fixed.set(moment)
    try:
        yield
    finally:
        _fixed.reset(token)
