"""Which handshakes reach the consumers."""

from typing import Any

import pytest
from asgiref.testing import ApplicationCommunicator

from config.websocket import known_hosts

# The refusing consumer closes old connections of its thread to the database, as every consumer does.
pytestmark = pytest.mark.django_db
OURS = (b"host", b"testserver")


async def answer(*headers: tuple[bytes, bytes]) -> str:
    async def accepts(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})

    scope = {"type": "websocket", "path": "/ws/events/", "query_string": b"", "headers": list(headers)}
    communicator = ApplicationCommunicator(known_hosts(accepts), scope)
    await communicator.send_input({"type": "websocket.connect"})
    return str((await communicator.receive_output(3))["type"])


@pytest.mark.parametrize(
    "headers",
    [
        [OURS],
        [(b"host", b"testserver:8000")],
        [(b"host", b"TESTSERVER")],
        [OURS, (b"origin", b"http://testserver")],
        [OURS, (b"origin", b"http://testserver:8000")],
    ],
)
async def test_our_own_are_let_in(headers: list[tuple[bytes, bytes]]) -> None:
    assert await answer(*headers) == "websocket.accept"


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [(b"host", b"evil.example")],
        [(b"host", b"")],
        [(b"host", b"testserver.evil.example")],
        [(b"host", b"testserver@evil.example")],
        [OURS, (b"host", b"evil.example")],
        [(b"host", b"10.0.0.7:8000")],
        [OURS, (b"origin", b"http://evil.example")],
        [OURS, (b"origin", b"https://testserver.evil.example")],
        [OURS, (b"origin", b"null")],
        [OURS, (b"origin", b"file://testserver")],
        [OURS, (b"origin", b"http://[")],
        [OURS, (b"origin", b"")],
        [(b"host", b"evil.example"), (b"origin", b"http://evil.example")],
    ],
)
async def test_strangers_are_refused(headers: list[tuple[bytes, bytes]]) -> None:
    assert await answer(*headers) == "websocket.close"
