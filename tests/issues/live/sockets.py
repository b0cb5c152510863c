"""Sockets for tests: the consumer without a server, and the little that tests say to it."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlencode

from asgiref.testing import ApplicationCommunicator
from channels.db import database_sync_to_async
from django.conf import settings
from django.test import Client

from accounts.models import ApiToken, User
from issues.live.consumer import EventsConsumer

Headers = list[tuple[bytes, bytes]]


def session_headers(user: User, *, origin: str | None = "http://testserver") -> Headers:
    """What a browser sends that is signed in."""
    client = Client()
    client.force_login(user)
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    headers = [(b"host", b"testserver"), (b"cookie", cookie.encode())]
    return [*headers, (b"origin", origin.encode())] if origin else headers


def token_headers(user: User) -> Headers:
    _token, secret = ApiToken.issue(user=user, name="test")
    return [(b"authorization", f"Bearer {secret}".encode())]


class Socket:
    """An open socket of the consumer."""

    def __init__(self, communicator: ApplicationCommunicator) -> None:
        self.communicator = communicator

    async def message(self, timeout: float = 3) -> dict[str, Any]:
        output = await self.communicator.receive_output(timeout)
        assert output["type"] == "websocket.send", output
        return json.loads(output["text"])

    async def event_ids(self, count: int) -> list[int]:
        found = []
        while len(found) < count:
            message = await self.message()
            if message["kind"] == "event":
                found.append(message["event"]["id"])
        return found

    async def close_code(self, timeout: float = 3) -> int:
        """Wait for the close, whatever comes before."""
        async with asyncio.timeout(timeout):
            while True:
                output = await self.communicator.receive_output(timeout)
                if output["type"] == "websocket.close":
                    return int(output["code"])

    async def is_silent(self, seconds: float = 0.4) -> bool:
        return await self.communicator.receive_nothing(seconds)


@asynccontextmanager
async def open_socket(
    *topics: str, after: object = None, headers: Headers | None = None, presence: str = "", address: str = ""
) -> AsyncIterator[Socket]:
    query = [("topic", topic) for topic in topics] + ([] if after is None else [("after", str(after))])
    query += [("presence", presence)] if presence else []
    scope = {
        "type": "websocket",
        "path": "/ws/events/",
        "query_string": urlencode(query).encode(),
        "headers": headers or [],
        "subprotocols": [],
        "client": (address, 50_000) if address else None,
    }
    communicator = ApplicationCommunicator(EventsConsumer.as_asgi(), scope)
    await communicator.send_input({"type": "websocket.connect"})
    accepted = await communicator.receive_output(3)
    assert accepted["type"] == "websocket.accept", "accepted first, so that a client sees the close code"
    try:
        yield Socket(communicator)
    finally:
        await communicator.send_input({"type": "websocket.disconnect", "code": 1000})
        await communicator.wait(3)


def in_thread(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function that queries, for the event loop of a test."""
    return database_sync_to_async(function)
