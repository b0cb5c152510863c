"""A server in Elasticsearch's place that answers what a test wants, or nothing at all."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

GOOD = {"timed_out": False, "_shards": {"total": 1, "failed": 0}, "hits": {"total": {"value": 3}, "hits": []}}


class FakeServer:
    """`answer` and `status` are sent to every request; None hangs. `requests` counts what came in."""

    def __init__(self) -> None:
        self.answer: dict[str, Any] | None = GOOD
        self.status = 200
        self.product = "Elasticsearch"  # what it says it is
        self.requests = 0
        self._end = threading.Event()
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}"

    def __enter__(self) -> FakeServer:
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._http.shutdown()
        self._http.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        fake = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _reply(self) -> None:
                fake.requests += 1
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                if fake.answer is None:
                    fake._end.wait()
                    return
                body = json.dumps(fake.answer).encode()
                self.send_response(fake.status)
                self.send_header("X-Elastic-Product", fake.product)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.send_header("Connection", "close")
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_POST = do_PUT = do_DELETE = _reply

            def log_message(self, *_: object) -> None:
                """A test reads no log."""

        return Handler
