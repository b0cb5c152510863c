"""The client of the virus scanner's daemon."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from issues.files import clamd
from issues.files.clamd import Scanner, ScannerUnavailable


class Daemon:
    """A ClamAV daemon as its protocol describes it; everything with the word virus is one."""

    def __init__(self, path: Path) -> None:
        self.address = str(path)
        self.answer: bytes | None = None  # instead of a verdict
        self.seen: list[bytes] = []
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.bind(self.address)
        self._socket.listen()
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self._socket.close()

    def _serve(self) -> None:
        while True:
            try:
                connection, _address = self._socket.accept()
            except OSError:
                return
            with connection:
                self._talk(connection)

    def _talk(self, connection: socket.socket) -> None:
        stream = connection.makefile("rb")
        assert stream.read(10) == b"zINSTREAM\0"
        content = b""
        while size := int.from_bytes(stream.read(4), "big"):
            assert size <= clamd.PIECE
            content += stream.read(size)
        self.seen.append(content)
        verdict = b"Eicar-Test-Signature FOUND" if b"virus" in content else b"OK"
        connection.sendall(self.answer if self.answer is not None else b"stream: " + verdict + b"\0")


@pytest.fixture
def daemon(tmp_path: Path) -> Iterator[Daemon]:
    running = Daemon(tmp_path / "clamd.sock")
    yield running
    running.close()


class TestClient:
    def test_large_streams_are_sent_in_pieces(self, daemon: Daemon, tmp_path: Path) -> None:
        file = tmp_path / "large"
        file.write_bytes(b"x" * (3 * clamd.PIECE + 17))
        with file.open("rb") as stream:
            assert Scanner(daemon.address).scan(stream).is_clean
        assert daemon.seen == [file.read_bytes()]

    def test_what_was_found_has_a_name(self, daemon: Daemon, tmp_path: Path) -> None:
        (tmp_path / "bad").write_bytes(b"a virus")
        with (tmp_path / "bad").open("rb") as stream:
            assert Scanner(daemon.address).scan(stream).signature == "Eicar-Test-Signature"

    @pytest.mark.parametrize(
        "answer", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: \0", b"\xff\xfe\0", b"x" * 9000]
    )
    def test_anything_else_is_no_verdict(self, daemon: Daemon, tmp_path: Path, answer: bytes) -> None:
        daemon.answer = answer
        (tmp_path / "a").write_bytes(b"a")
        with (tmp_path / "a").open("rb") as stream, pytest.raises(ScannerUnavailable):
            Scanner(daemon.address).scan(stream)

    @pytest.mark.parametrize("address", ["/nowhere/clamd.sock", "127.0.0.1:1", "localhost:99999"])
    def test_nobody_there(self, address: str, tmp_path: Path) -> None:
        (tmp_path / "a").write_bytes(b"a")
        with (tmp_path / "a").open("rb") as stream, pytest.raises(ScannerUnavailable):
            Scanner(address).scan(stream)

    def test_a_silent_daemon_is_given_up(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(clamd, "ANSWER_WITHIN", 0.1)
        with socket.create_server(("127.0.0.1", 0)) as silent:
            (tmp_path / "a").write_bytes(b"a")
            with (tmp_path / "a").open("rb") as stream, pytest.raises(ScannerUnavailable):
                Scanner(f"127.0.0.1:{silent.getsockname()[1]}").scan(stream)
