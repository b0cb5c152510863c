"""HTTP on the ASGI server: Django's pages are synchronous and run in a fixed pool of threads (docs/decisions/0018)."""

import tempfile
from collections.abc import Awaitable, Callable, Iterable
from typing import IO, Any

from a2wsgi import WSGIMiddleware
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Application = Callable[[Any, Receive, Any], Awaitable[None]]

_BODY = "trong_ngay.body"  # in the scope of a request: its whole body as a file


def http_application() -> Application:
    """Django for HTTP. Database connections belong to the threads and stay open between requests."""
    django = WSGIHandler()

    def pages(environ: Any, start_response: Any) -> Iterable[bytes]:
        environ["wsgi.input"] = environ["asgi.scope"][_BODY]
        return django(environ, start_response)

    threads: Any = WSGIMiddleware(pages, workers=settings.TN_WEB_THREADS)

    async def call(scope: Any, receive: Receive, send: Any) -> None:
        # First the whole body, then a thread: a slow client occupies none, and half a form is never taken for a whole.
        with tempfile.SpooledTemporaryFile(max_size=settings.FILE_UPLOAD_MAX_MEMORY_SIZE) as body:
            if await _is_read(receive, body):
                body.seek(0)
                await threads({**scope, _BODY: body}, receive, send)

    return call


async def _is_read(receive: Receive, body: IO[bytes]) -> bool:
    """Write the whole body into the file; False where the client left before its end."""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return False
        body.write(message.get("body", b""))
        if not message.get("more_body", False):
            return True
