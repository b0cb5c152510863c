"""HTTP on the ASGI server: Django's pages are synchronous and run in a fixed pool of threads (docs/decisions/0018)."""

import tempfile
from collections.abc import Awaitable, Callable
from typing import IO, Any, cast

from a2wsgi import WSGIMiddleware
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

_PIECE = 65_536  # bytes of a body that are handed on at a time
Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Application = Callable[[Any, Receive, Any], Awaitable[None]]


def http_application() -> Application:
    """Django for HTTP. Database connections belong to the threads and stay open between requests."""
    pages = WSGIMiddleware(cast("Any", WSGIHandler()), workers=settings.TN_WEB_THREADS)
    return whole_bodies(cast("Any", pages))


def whole_bodies(application: Application) -> Application:
    """Call the application once the body of a request is here: a slow client occupies no thread, and a client that
    leaves in the middle is forgotten, so that half a form is never taken for a whole one.
    """

    async def call(scope: Any, receive: Receive, send: Any) -> None:
        with tempfile.SpooledTemporaryFile(max_size=settings.FILE_UPLOAD_MAX_MEMORY_SIZE) as body:
            if not await _read(receive, body):
                return
            body.seek(0)
            await application(scope, _pieces_of(body, receive), send)

    return call


async def _read(receive: Receive, body: IO[bytes]) -> bool:
    """Write the whole body into the file; False where the client left before its end."""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return False
        body.write(message.get("body", b""))
        if not message.get("more_body", False):
            return True


def _pieces_of(body: IO[bytes], receive: Receive) -> Receive:
    is_read = False

    async def next_piece() -> Message:
        nonlocal is_read
        if is_read:
            return await receive()
        piece = body.read(_PIECE)
        is_read = len(piece) < _PIECE
        return {"type": "http.request", "body": piece, "more_body": not is_read}

    return next_piece
