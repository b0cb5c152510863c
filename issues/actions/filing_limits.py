"""How many proposals an enterprise, or an officer who files for others, may file in an hour.

For what people and programs send. The action itself does not count: it also plays simulated days.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from core import limits
from issues.actor import Actor


@contextmanager
def within_limits(actor: Actor, *, assists: bool) -> Iterator[None]:
    """Around one filing, which counts when it succeeds. Raises TooMany before it begins."""
    enterprise = None if assists else min(actor.person.enterprise_ids, default=None)
    name = "filing.person" if enterprise is None else "filing.enterprise"
    key = str(actor.person.user_id if enterprise is None else enterprise)
    limits.refuse(name, key)
    yield
    limits.limit(name).count(key)
