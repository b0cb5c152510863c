"""Locks that last as long as the work, not as long as a transaction: writing to an engine outside the database is part
of it. A process that dies lets go, however it dies.

On PostgreSQL they are advisory locks of the session, good for all machines; on SQLite, which is one machine, locks of
files in TN_VAR_DIR, so that the database's only write lock is not held while documents are made.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum

from django.conf import settings
from django.db import DatabaseError, connection


class Lock(IntEnum):
    """What only one process at a time may do. The numbers are used by no other advisory lock of the product."""

    DRAIN = 7_301_905
    REBUILD = 7_301_906


@contextmanager
def held(lock: Lock) -> Iterator[bool]:
    """Take the lock if it is free: True, and it is ours until the end; False where another process has it."""
    with _held_in_database(lock) if connection.vendor == "postgresql" else _held_as_file(lock) as alone:
        yield alone


@contextmanager
def _held_in_database(lock: Lock) -> Iterator[bool]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [lock.value])
        alone = bool(cursor.fetchone()[0])
    try:
        yield alone
    finally:
        if alone:
            _release(lock)


def _release(lock: Lock) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [lock.value])
    except DatabaseError:
        if connection.in_atomic_block:
            raise
        connection.close()  # and with the session its locks


@contextmanager
def _held_as_file(lock: Lock) -> Iterator[bool]:
    with (settings.TN_VAR_DIR / f"search-{lock.name.lower()}.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
