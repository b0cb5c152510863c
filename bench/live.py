"""How fast and at what cost live events reach open pages.

    .venv/bin/python -m bench.live [--sockets 1000] [--events 20] [--burst 500]

Starts uvicorn as bin/demo does, on a database of its own, opens sockets on the public topic, records events from this
process and measures the time from commit to arrival over all sockets; then a burst, for completeness. DATABASE_URL and
REDIS_URL choose the servers, as always.
"""

import argparse
import asyncio
import json
import os
import resource
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import Any


def prepare(folder: str) -> None:
    """An environment of its own: a fresh SQLite database unless DATABASE_URL names another."""
    os.environ.update(
        DJANGO_SETTINGS_MODULE="config.settings",
        TN_VAR_DIR=folder,
        TN_DEMO="true",
        TN_LOG_LEVEL="error",
        TN_LIMITS_FACTOR="1000000",
        TN_ENV_FILE=os.devnull,
    )
    import django  # noqa: PLC0415 - the environment comes first

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)


@contextmanager
def server(implementation: str) -> Any:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = f"--port {port} --log-level error --ws {implementation} --ws-per-message-deflate false --lifespan off"
    process = subprocess.Popen([sys.executable, "-m", "uvicorn", "config.asgi:application", *options.split()])
    try:
        yield port, process.pid
    finally:
        process.terminate()
        process.wait()


def kilobytes(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0])


def cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Listeners:
    """Many sockets in one event loop; what each got, and when."""

    def __init__(self, port: int) -> None:
        self.url = f"ws://127.0.0.1:{port}/ws/events/?topic=public"
        self.got: list[list[tuple[int, float]]] = []
        self.tasks: list[asyncio.Task[None]] = []
        self.closed = 0

    async def open(self, count: int) -> None:
        ready = asyncio.Semaphore(50)

        async def listen() -> None:
            from websockets.asyncio.client import connect  # noqa: PLC0415

            found: list[tuple[int, float]] = []
            async with ready:
                connection = await connect(self.url, compression=None, max_queue=None, ping_interval=None)
                await connection.recv()
            self.got.append(found)
            try:
                async for text in connection:
                    arrived = time.time()
                    message = json.loads(text)
                    if message["kind"] == "event":
                        found.append((message["event"]["id"], arrived))
            finally:
                self.closed += 1  # a page would connect again with its last id

        self.tasks = [asyncio.create_task(listen()) for _ in range(count)]
        while len(self.got) < count:
            await asyncio.sleep(0.05)

    async def delivered(self, expected: int, timeout: float) -> int:
        end = time.time() + timeout
        while (total := sum(map(len, self.got))) < expected and time.time() < end and not self.closed:
            await asyncio.sleep(0.05)
        return total

    def clear(self) -> None:
        for found in self.got:
            found.clear()


def write(count: int, pause: float) -> dict[int, float]:
    from django.db import connection  # noqa: PLC0415

    from tests.factories.issues import make_event, make_ticket  # noqa: PLC0415

    ticket, written = make_ticket(code=f"KN-BENCH-{time.time_ns() % 10**9}"), {}
    for _ in range(count):
        written[make_event(ticket).pk] = time.time()
        time.sleep(pause)
    connection.close()
    return written


async def wait_for(port: int) -> None:
    while True:
        try:
            await asyncio.open_connection("127.0.0.1", port)
            return
        except OSError:
            await asyncio.sleep(0.1)


async def measure(port: int, pid: int, sockets: int, events: int, burst: int) -> None:
    await wait_for(port)
    one = Listeners(port)
    await one.open(1)  # what the first socket costs belongs to the start
    empty = kilobytes(pid)
    listeners = Listeners(port)
    started = time.time()
    await listeners.open(sockets)
    print(f"{sockets} sockets open in {time.time() - started:.1f} s, {(kilobytes(pid) - empty) / sockets:.0f} KB each")

    before, started = cpu_seconds(pid), time.time()
    await asyncio.sleep(5)
    print(f"idle: {(cpu_seconds(pid) - before) / (time.time() - started):.1%} of a core")

    written = await asyncio.to_thread(write, events, 0.5)
    total = await listeners.delivered(events * sockets, 30)
    delays = sorted(at - written[event] for found in listeners.got for event, at in found)
    p50, p99 = (delays[int(len(delays) * share)] * 1000 for share in (0.5, 0.99))
    print(f"single events: {total:,} of {events * sockets:,} delivered, p50 {p50:.0f} ms, p99 {p99:.0f} ms")

    listeners.clear()
    started, before = time.time(), cpu_seconds(pid)
    await asyncio.to_thread(write, burst, 0.0)
    wrote = time.time() - started
    total = await listeners.delivered(burst * sockets, 120)
    print(
        f"burst of {burst} in {wrote:.1f} s: {total:,} of {burst * sockets:,} delivered after "
        f"{time.time() - started:.1f} s, {cpu_seconds(pid) - before:.1f} s of CPU, "
        f"{listeners.closed} sockets closed as too slow"
    )
    in_order = all([event for event, _ in found] == sorted({event for event, _ in found}) for found in listeners.got)
    print("each socket in order and without repetition:", "yes" if in_order else "NO")
    for task in [*one.tasks, *listeners.tasks]:
        task.cancel()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sockets", type=int, default=1000)
    parser.add_argument("--events", type=int, default=20)
    parser.add_argument("--burst", type=int, default=500)
    parser.add_argument("--ws", default="websockets-sansio", help="uvicorn's WebSocket implementation")
    chosen = parser.parse_args()
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 20_000), hard))
    with tempfile.TemporaryDirectory() as folder:
        prepare(folder)
        with server(chosen.ws) as (port, pid):
            asyncio.run(measure(port, pid, chosen.sockets, chosen.events, chosen.burst))


if __name__ == "__main__":
    main()
