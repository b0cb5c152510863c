"""Sends one message over HTTP: to the address that was checked, within a few seconds, following nothing."""

import contextlib
import http.client
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass

from issues.webhooks.address import Target, parse, resolve

CONNECT_SECONDS = 5
TOTAL_SECONDS = 15
_READ = 2_000  # bytes of the answer


@dataclass(frozen=True)
class Answer:
    """What came back. Only a status from 200 to 299 is a delivery."""

    status: int
    duration_ms: int
    body: str
    retry_after: str = ""  # the header, as it came

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300


def post(url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """Send the message. AddressRefused before anything is sent; OSError or HTTPException when it does not get through.

    A redirect is an answer like any other: following it would lead past the check of the address.
    """
    target = parse(url)
    address = resolve(target)
    started = time.monotonic()
    connection = http.client.HTTPConnection(target.host, target.port, timeout=TOTAL_SECONDS)
    with _Deadline() as deadline:
        try:
            connection.sock = deadline.watch(_connected(target, address, deadline))
            connection.request(
                "POST", target.path, body=body, headers={**headers, "Host": target.named, "Connection": "close"}
            )
            response = connection.getresponse()
            text = response.read(_READ).decode("utf-8", "replace")
        except (OSError, http.client.HTTPException):
            if deadline.is_over:
                raise TimeoutError(f"no complete answer within {TOTAL_SECONDS} seconds") from None
            raise
        finally:
            connection.close()
    wait = response.getheader("Retry-After") or ""
    return Answer(response.status, int((time.monotonic() - started) * 1000), text, wait)


def _connected(target: Target, address: str, deadline: "_Deadline") -> socket.socket:
    """A connection to exactly `address`; the certificate has to be that of `target.host`."""
    plain = deadline.watch(socket.create_connection((address, target.port), timeout=CONNECT_SECONDS))
    plain.settimeout(TOTAL_SECONDS)
    if target.scheme != "https":
        return plain
    return ssl.create_default_context().wrap_socket(plain, server_hostname=target.host)


class _Deadline:
    """Ends the whole exchange: a socket's own timeout holds for each piece, and some send one byte a second."""

    def __init__(self) -> None:
        self.is_over = False
        self._sock: socket.socket | None = None
        self._timer = threading.Timer(TOTAL_SECONDS, self._end)
        self._timer.daemon = True

    def __enter__(self) -> "_Deadline":
        self._timer.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._timer.cancel()
        if self._sock is not None:
            self._sock.close()

    def watch(self, sock: socket.socket) -> socket.socket:
        """From now on this is what is ended."""
        self._sock = sock
        return sock

    def _end(self) -> None:
        self.is_over = True
        if self._sock is not None:
            with contextlib.suppress(OSError):
                self._sock.shutdown(socket.SHUT_RDWR)
