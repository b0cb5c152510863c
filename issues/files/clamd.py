"""Asks a ClamAV daemon about a file, by its own protocol (INSTREAM): a length and a piece, again and again, then zero.

The one package for it, `clamd`, has had no release since 2014 and sets no time limit for TCP; the protocol is small.
"""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO, Protocol

PIECE = 64 * 1024
CONNECT_WITHIN = 5.0  # seconds
ANSWER_WITHIN = 60.0  # seconds between two signs of life
_LONGEST_ANSWER = 4096


class ScannerUnavailable(Exception):
    """The scanner does not answer, or gives no verdict: ask again later."""


@dataclass(frozen=True)
class Verdict:
    """What the scanner found; `signature` names it, and is empty for a clean file."""

    signature: str = ""

    @property
    def is_clean(self) -> bool:
        return not self.signature


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True)
class Scanner:
    """A daemon at a socket: an absolute path, or `host:port`."""

    address: str

    def scan(self, stream: "Readable | BinaryIO") -> Verdict:
        """Send the stream from where it stands. Raises ScannerUnavailable."""
        try:
            with self._connection() as connection:
                connection.sendall(b"zINSTREAM\0")
                while piece := stream.read(PIECE):
                    connection.sendall(len(piece).to_bytes(4, "big") + piece)
                connection.sendall(bytes(4))
                return _verdict(_answer(connection))
        except OSError as error:  # time limits too
            raise ScannerUnavailable(f"{self.address}: {error}") from error

    @contextmanager
    def _connection(self) -> Iterator[socket.socket]:
        if self.address.startswith("/"):
            connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            connection.settimeout(CONNECT_WITHIN)
            connection.connect(self.address)
        else:
            host, _colon, port = self.address.rpartition(":")
            connection = socket.create_connection((host.strip("[]"), int(port)), timeout=CONNECT_WITHIN)
        with connection:
            connection.settimeout(ANSWER_WITHIN)
            yield connection


def _answer(connection: socket.socket) -> str:
    """Up to the zero byte that ends it."""
    received = b""
    while b"\0" not in received and len(received) < _LONGEST_ANSWER:
        piece = connection.recv(_LONGEST_ANSWER)
        if not piece:
            break
        received += piece
    return received.partition(b"\0")[0].decode(errors="replace").strip()


def _verdict(answer: str) -> Verdict:
    """`stream: OK`, `stream: Eicar-Test-Signature FOUND`; everything else (`… ERROR`) is none."""
    _stream, _colon, said = answer.partition(": ")
    if said == "OK":
        return Verdict()
    if said.endswith(" FOUND"):
        return Verdict(said.removesuffix(" FOUND")[:200] or "?")
    raise ScannerUnavailable(f"no verdict: {answer[:200]!r}")
