"""Two processes and one lock."""

import os
import signal

import pytest
from django.db import connections

from search import locks
from search.locks import Lock

pytestmark = pytest.mark.django_db(transaction=True)


def holder(lock: Lock) -> tuple[int, int]:
    """A process that holds the lock until it is killed; its id, and a pipe that is at its end when it is gone."""
    ready, ready_child = os.pipe()
    connections.close_all()
    pid = os.fork()
    if pid:
        os.close(ready_child)
        assert os.read(ready, 1) == b"1"
        return pid, ready
    try:
        with locks.held(lock) as alone:
            os.write(ready_child, b"1" if alone else b"0")
            signal.pause()
    finally:
        os._exit(1)


def test_a_lock_is_free_again_when_its_process_is_killed() -> None:
    pid, _pipe = holder(Lock.REBUILD)
    with locks.held(Lock.REBUILD) as alone, locks.held(Lock.DRAIN) as other:
        assert (alone, other) == (False, True)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    for _ in range(2):  # and given back
        with locks.held(Lock.REBUILD) as alone:
            assert alone


def test_a_lock_is_given_back_after_an_error() -> None:
    with pytest.raises(RuntimeError), locks.held(Lock.DRAIN):
        raise RuntimeError
    with locks.held(Lock.DRAIN) as alone:
        assert alone
