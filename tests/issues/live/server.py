"""A real uvicorn with the product in it, and a writer that is a process of its own."""

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from django.db import connection

_WRITER = """
import sys, time
import django
django.setup()
from issues.models import Ticket
from tests.factories.issues import make_event
ticket = Ticket.objects.get(code=sys.argv[1])
for _ in range(int(sys.argv[2])):
    print("written", make_event(ticket).pk, time.time(), flush=True)
    time.sleep(float(sys.argv[3]))
"""


@contextmanager
def running_server(port: int = 0) -> Iterator[str]:
    """`host:port` of the product, served from a thread of this process on the test's database."""
    from config.asgi import application

    config = uvicorn.Config(
        application,
        port=0,
        log_level="error",
        lifespan="off",
        ws="websockets-sansio",
        ws_per_message_deflate=False,
        proxy_headers=False,
    )
    server = uvicorn.Server(config)
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)


@contextmanager
def running_writer(code: str, events: int, pause: float = 0.0) -> Iterator[subprocess.Popen[str]]:
    """A process that records events on a ticket and prints each id with the time it was there."""
    writer = subprocess.Popen(
        [sys.executable, "-c", _WRITER, code, str(events), str(pause)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "DATABASE_URL": _database_url(), "DJANGO_SETTINGS_MODULE": "tests.settings"},
    )
    try:
        yield writer
    finally:
        writer.kill()
        writer.wait()


def written(writer: subprocess.Popen[str]) -> dict[int, float]:
    """What the writer has written when it is done: id → time."""
    output, _ = writer.communicate(timeout=60)
    lines = [line.split() for line in output.splitlines() if line.startswith("written ")]  # the rest is the log
    return {int(event): float(at) for _, event, at in lines}


def _database_url() -> str:
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{given['NAME']}"
    host = given["HOST"] or "localhost"
    password = f":{given['PASSWORD']}" if given["PASSWORD"] else ""
    return f"postgres://{given['USER']}{password}@{host}:{given['PORT'] or 5432}/{given['NAME']}"
