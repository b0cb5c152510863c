"""How many sockets of this process are open for one address and for one person."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from core import limits
from core.errors import TooMany


class Places:
    """Counted in memory: what is open in a process ends with it. Only the event loop touches it."""

    def __init__(self) -> None:
        self._open: Counter[tuple[str, str]] = Counter()

    @contextmanager
    def taken(self, kind: str, key: str) -> Iterator[None]:
        """A place for one socket of an `address` or a `person`; nothing is counted without a key. Raises TooMany."""
        if not key:
            yield
            return
        if self._open[kind, key] >= limits.most(f"sockets.{kind}"):
            raise TooMany(f"too many sockets for one {kind}")
        self._open[kind, key] += 1
        try:
            yield
        finally:
            self._open[kind, key] -= 1
            if not self._open[kind, key]:
                del self._open[kind, key]
