"""A Redis of a test's own, to be taken away: killed (connections are refused) or stopped (it hangs)."""

import shutil
import signal
import socket
import subprocess
import time

import pytest

needs_redis = pytest.mark.skipif(not shutil.which("redis-server"), reason="no redis-server on this machine")


class RedisServer:
    """Runs from the beginning; `end()` it."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.start()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        quiet = ["--save", "", "--appendonly", "no", "--loglevel", "warning"]
        self.process = subprocess.Popen(["redis-server", "--port", str(self.port), *quiet])
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                return
            except OSError:
                time.sleep(0.02)

    def kill(self) -> None:
        """Connections are refused from now on."""
        self.process.kill()
        self.process.wait()

    end = kill

    def hang(self) -> None:
        """Connections are taken from now on, and nothing is answered."""
        self.process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    def take_away(self, how: str) -> None:
        """`how`: "refused" or "hung"."""
        self.kill() if how == "refused" else self.hang()

    def give_back(self, how: str) -> None:
        self.start() if how == "refused" else self.resume()
