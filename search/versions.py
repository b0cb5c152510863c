"""Versions of documents: an older state of an object never takes the place of a newer one.

A version is taken, and committed, **before** the objects are read, and engines refuse a document with a lower version
than they have, also of one that was removed. So of two states of an object the one with the higher version was read
later. That holds whatever happens to a process in between: one that lost its lock, hangs in a request to the engine
and wakes up after a minute brings an old version, and it is refused. Taking the version after the read would not do:
between the two another process could read a newer state and get the lower version.

Nothing is lost by a refusal either. A change is noted in its own transaction; a drain lists the notes, takes a
version, then reads: what it writes has the change, and so has everything with a higher version. Only then is the note
deleted. A rebuild needs no more than the version: what was drained while it was at work has a higher one and wins, or
a lower one and was read before, when the note of any later change still waits for its own drain.
"""

from django.db import transaction

from core import clock
from search.models import IndexState


def next_version() -> int:
    """A version above all that were given out. Call it before reading what is written with it.

    It is at least the time in milliseconds: so a database that was restored from a backup, or made again, is not
    behind an index that remembers later versions.
    """
    with transaction.atomic(durable=True):
        state, _ = IndexState.objects.select_for_update().get_or_create(pk=1)
        state.version = max(state.version + 1, int(clock.now().timestamp() * 1000))
        state.save(update_fields=["version"])
    return state.version
