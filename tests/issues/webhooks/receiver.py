"""A receiver on this machine, and an endpoint that leads to it."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from issues.models import WebhookEndpoint, WebhookSecret
from issues.webhooks import signing


@dataclass
class Receiver:
    """What arrived; `answers` are given in turn, the last one for ever."""

    url: str = ""
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    answers: list[int] = field(default_factory=lambda: [204])
    location: str = ""
    retry_after: str = ""
    body: bytes = b""

    def next_status(self) -> int:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    found = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.got.append((dict(self.headers), body))
            self.send_response(found.next_status())
            if found.location:
                self.send_header("Location", found.location)
            if found.retry_after:
                self.send_header("Retry-After", found.retry_after)
            self.end_headers()
            self.wfile.write(found.body)

        def log_message(self, *_args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.url = f"http://127.0.0.1:{server.server_port}/hook?from=tn"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield found
    server.shutdown()
    server.server_close()


@pytest.fixture
def closed_network(settings: Any) -> None:
    """Private addresses are allowed."""
    settings.TN_WEBHOOK_PRIVATE = True


@pytest.fixture
def endpoint(db: None, receiver: Receiver, closed_network: None) -> WebhookEndpoint:
    made = WebhookEndpoint.objects.create(name="Một cửa", url=receiver.url, audience="internal")
    WebhookSecret.objects.create(endpoint=made, secret=signing.new_secret())
    return made
