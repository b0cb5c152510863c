"""Answers requests in a fixed pool of threads, each with a database connection that stays open.

Django's own ASGI handler starts a thread for every request, and with it a new database connection (for SQLite: its
settings, its cache and all prepared statements anew), and changes threads half a dozen times until the answer is out.
Nothing here is asynchronous but WebSocket, which does not pass through this handler; so a request runs from its first
signal to its last in one thread of a pool. See docs/decisions/.
"""

import contextvars
from typing import IO, Any

from django.conf import settings
from django.core import signals
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.core.handlers.base import BaseHandler
from django.db import connection
from django.http import FileResponse, HttpResponseBase
from django.urls import set_script_prefix

from config.turns import Turns

_END = object()
_WITH_A_SERVER = 4  # requests worked on at a time where the database is another process


class PooledHandler(ASGIHandler):
    """Django for ASGI servers, synchronous inside. At most TN_WEB_THREADS requests are worked on at a time."""

    def __init__(self) -> None:
        BaseHandler.__init__(self)
        self.load_middleware(is_async=False)
        # SQLite answers inside the process; a server is waited for, and meanwhile others can work.
        at_a_time = 1 if connection.vendor == "sqlite" else _WITH_A_SERVER
        self._turns = Turns(settings.TN_WEB_THREADS, at_a_time=at_a_time)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            raise ValueError(f"only HTTP is served here, not {scope['type']}")
        try:
            body = await self.read_body(receive)
        except RequestAborted:
            return
        # What belongs to this request (language, log name) lives in its own copy of the context.
        context = contextvars.copy_context()
        response, parts = await self._turns.run(context.run, self._answer, scope, body)
        await _send_start(response, send)
        if isinstance(response, FileResponse):
            await self._send_file(response, send)
        else:
            await _send_body(parts, send)

    async def _send_file(self, response: FileResponse, send: Any) -> None:
        """Piece by piece: a large file is never in memory as a whole, and a slow client keeps no thread."""
        pieces = iter(response)
        try:
            while (piece := await self._turns.run(next, pieces, _END)) is not _END:
                await send({"type": "http.response.body", "body": piece, "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            await self._turns.run(response.close)

    def _answer(self, scope: Any, body: IO[bytes]) -> tuple[HttpResponseBase, list[bytes]]:
        """In a thread of the pool: the whole of a request, until nothing of it is open any more but a file to send."""
        set_script_prefix(get_script_prefix(scope))
        signals.request_started.send(sender=self.__class__, scope=scope)
        request, response = self.create_request(scope, body)
        if request is not None:
            response = self.get_response(request)
        assert response is not None  # noqa: S101 - one of both is there
        response._handler_class = self.__class__  # type: ignore[attr-defined]
        if isinstance(response, FileResponse):
            response.block_size = self.chunk_size
            body.close()
            return response, []  # _send_file closes it
        try:
            return response, _parts(response)
        finally:
            response.close()  # sends request_finished, which looks after the connection
            body.close()


def _parts(response: Any) -> list[bytes]:
    """The body. Streams that a view writes are read whole: they are small, and need the database while they run."""
    return list(response) if response.streaming else [response.content]


async def _send_start(response: HttpResponseBase, send: Any) -> None:
    headers = [(name.encode("ascii"), value.encode("latin-1")) for name, value in response.items()]
    headers += [
        (b"Set-Cookie", cookie.output(header="").encode("ascii").strip()) for cookie in response.cookies.values()
    ]
    await send({"type": "http.response.start", "status": response.status_code, "headers": headers})


async def _send_body(parts: list[bytes], send: Any) -> None:
    for part in parts[:-1]:
        await send({"type": "http.response.body", "body": part, "more_body": True})
    await send({"type": "http.response.body", "body": parts[-1] if parts else b"", "more_body": False})
