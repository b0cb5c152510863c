"""The background thread: the caller never waits, the same thing waits once, a failure stops nothing."""

import asyncio
import os
import threading

import pytest

from core import background
from core.background import Background


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "INTERVAL", 0.0)
    monkeypatch.setattr(background, "INTERVAL_AFTER_FAILURE", 0.0)


def test_what_waits_already_is_done_once() -> None:
    thread, began, go_on, last = Background(), threading.Event(), threading.Event(), threading.Event()
    done = []

    async def hold() -> None:
        began.set()
        go_on.wait(10)

    async def note() -> None:
        done.append("note")

    async def finish() -> None:
        last.set()

    thread.run_soon("hold", hold)
    assert began.wait(10)
    for _ in range(1000):
        thread.run_soon("note", note)
    thread.run_soon("finish", finish)
    go_on.set()
    assert last.wait(10)
    assert done == ["note"]


def test_a_job_that_fails_or_never_ends_does_not_hold_up_the_next(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(background, "LIMIT", 0.05)
    thread, reached = Background(), threading.Event()

    async def fail() -> None:
        raise OSError("away")

    async def hang() -> None:
        await asyncio.Event().wait()

    async def reach() -> None:
        reached.set()

    thread.run_soon("fail", fail)
    thread.run_soon("hang", hang)
    thread.run_soon("reach", reach)
    assert reached.wait(10)
    assert [record.getMessage().split(":")[0] for record in caplog.records] == ["fail", "hang"]


def test_the_event_loop_is_kept_so_that_connections_can_be() -> None:
    thread, loops, twice = Background(), [], threading.Event()

    async def note() -> None:
        loops.append(asyncio.get_running_loop())
        if len(loops) == 2:
            twice.set()
        else:
            thread.run_soon("note", note)

    thread.run_soon("note", note)
    assert twice.wait(10)
    assert loops[0] is loops[1]


def test_a_forked_process_has_a_thread_of_its_own() -> None:
    first = threading.Event()

    async def begin() -> None:
        first.set()

    background.run_soon("begin", begin)
    assert first.wait(10)
    reader, writer = os.pipe()
    pid = os.fork()
    if not pid:
        done = threading.Event()

        async def write() -> None:
            os.write(writer, b"child")
            done.set()

        background.run_soon("begin", write)
        done.wait(10)
        os._exit(0)
    os.close(writer)
    os.waitpid(pid, 0)
    assert os.read(reader, 10) == b"child"
