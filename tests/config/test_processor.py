"""Servers stay on a processor each, and give it back however they end."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

pytestmark = pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="Linux only")

# Takes a processor, says which, and what a thread started afterwards may use; then waits.
SERVER = """
import os, sys, threading
from config.processor import stay_on_one
print(stay_on_one(sys.argv[1]), flush=True)
thread = threading.Thread(target=lambda: print(sorted(os.sched_getaffinity(0)), flush=True))
thread.start(); thread.join()
sys.stdin.readline()
"""


@contextmanager
def server() -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", SERVER, f"test-{os.getpid()}"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=os.getcwd(),
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def told(process: subprocess.Popen[str]) -> tuple[str, str]:
    assert process.stdout is not None
    return process.stdout.readline().strip(), process.stdout.readline().strip()


def test_each_takes_its_own_and_its_threads_stay_there() -> None:
    everything = sorted(os.sched_getaffinity(0))
    with server() as first:
        assert told(first) == (str(everything[0]), f"[{everything[0]}]")
        with server() as second:
            if len(everything) > 1:
                assert told(second) == (str(everything[1]), f"[{everything[1]}]")
            else:
                assert told(second) == ("None", str(everything))


def test_a_killed_one_gives_it_back() -> None:
    with server() as first:
        taken = told(first)
        first.send_signal(signal.SIGKILL)
        first.wait()
        with server() as second:
            assert told(second) == taken
