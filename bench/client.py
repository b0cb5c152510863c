"""A small HTTP client that keeps its connections and costs little: raw sockets, ready-made bytes, one thread each.

The same client drives both sides of every comparison. `python -m bench.client` says how many answers a second it can
take from a server that does nothing, which shows that the client is not the bottleneck.
"""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field

CONNECTIONS = 4
_HEAD_END = b"\r\n\r\n"
Messages = Iterator[bytes]


class WrongAnswer(Exception):
    """The server gave an unexpected answer: a rate of errors means nothing."""


@dataclass
class Answer:
    """A response: status, headers in lower case (a repeated one keeps its values), body."""

    status: int
    headers: dict[str, list[str]] = field(default_factory=dict)
    body: bytes = b""

    def header(self, name: str) -> str:
        return ", ".join(self.headers.get(name, []))


class Connection:
    """One connection; opened again when the server closes it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._socket: socket.socket | None = None
        self._rest = b""

    def exchange(self, message: bytes) -> Answer:
        """Send a whole request and read the whole answer."""
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self.port), timeout=60)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._rest = b""
        self._socket.sendall(message)
        answer = self._read()
        if answer.header("connection").lower() == "close":
            self.close()
        return answer

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _more(self) -> bytes:
        assert self._socket is not None
        data = self._socket.recv(262_144)
        if not data:
            raise WrongAnswer("the server closed the connection in the middle of an answer")
        return data

    def _read(self) -> Answer:
        data = self._rest
        while (end := data.find(_HEAD_END)) < 0:
            data += self._more()
        status_line, *lines = data[:end].decode("latin-1").split("\r\n")
        answer = Answer(int(status_line.split(" ", 2)[1]))
        for line in lines:
            name, _colon, value = line.partition(":")
            answer.headers.setdefault(name.lower(), []).append(value.strip())
        data = data[end + 4 :]
        if answer.header("transfer-encoding").lower() == "chunked":
            answer.body, self._rest = self._chunks(data)
            return answer
        length = int(answer.header("content-length") or 0)
        while len(data) < length:
            data += self._more()
        answer.body, self._rest = data[:length], data[length:]
        return answer

    def _chunks(self, data: bytes) -> tuple[bytes, bytes]:
        body = b""
        while True:
            while (end := data.find(b"\r\n")) < 0:
                data += self._more()
            size = int(data[:end].split(b";")[0], 16)
            data = data[end + 2 :]
            while len(data) < size + 2:
                data += self._more()
            body, data = body + data[:size], data[size + 2 :]
            if size == 0:
                return body, data


def request(method: str, path: str, headers: dict[str, str] | None = None, body: bytes = b"") -> bytes:
    """A whole HTTP/1.1 request."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    if method != "GET":
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode() + _HEAD_END + body


@dataclass(frozen=True)
class Rate:
    answers: int
    seconds: float

    @property
    def per_second(self) -> float:
        return self.answers / self.seconds


def rate(
    ports: list[int],
    messages: Callable[[Connection], Messages],
    *,
    status: int,
    seconds: float,
    connections: int = CONNECTIONS,
) -> Rate:
    """How many answers came over all connections, which are spread evenly over the ports.

    Raises WrongAnswer for any other status.

    `messages` is asked once per connection, before the time begins, and may use it (to sign in, to fetch a token).
    """
    lines = [Connection(ports[number % len(ports)]) for number in range(connections)]
    sources = [messages(line) for line in lines]
    counts, failures = [0] * connections, []
    start = threading.Barrier(connections + 1)
    end = [0.0]

    def run(number: int) -> None:
        line, source = lines[number], sources[number]
        start.wait()
        try:
            while time.perf_counter() < end[0]:
                answer = line.exchange(next(source))
                if answer.status != status:
                    raise WrongAnswer(f"{answer.status}: {answer.body[:500].decode(errors='replace')}")
                counts[number] += 1
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(connections)]
    for thread in threads:
        thread.start()
    began = time.perf_counter()
    end[0] = began + seconds
    start.wait()
    for thread in threads:
        thread.join()
    spent = time.perf_counter() - began
    for line in lines:
        line.close()
    if failures:
        raise failures[0]
    return Rate(sum(counts), spent)


def _idle_server(listener: socket.socket) -> None:
    def serve(line: socket.socket) -> None:
        with closing(line):
            while line.recv(262_144):
                line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")

    while True:
        line, _address = listener.accept()
        threading.Thread(target=serve, args=(line,), daemon=True).start()


def main() -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=_idle_server, args=(listener,), daemon=True).start()

    def messages(_line: Connection) -> Messages:
        message = request("POST", "/", {}, b"x" * 2_000)
        while True:
            yield message

    found = rate([listener.getsockname()[1]], messages, status=200, seconds=2)
    print(f"client and an idle server in one process: {found.per_second:,.0f} answers a second")


if __name__ == "__main__":
    main()
