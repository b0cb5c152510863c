"""Keeps the demo's three processes running: web, worker, beat."""

import contextlib
import shutil
import signal
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path

from deploy.children import Child
from deploy.steps import VENV

POLL = 0.1  # seconds
END_WITHIN = 8.0  # seconds that a process has to end by itself
FIRST_PAGE_WITHIN = 120.0
LOG_LIMIT = 10 * 1024 * 1024  # bytes


def commands(*, host: str, port: int, graceful: int = 3) -> dict[str, list[str]]:
    """What runs: one web process, one worker without children of its own, one beat."""
    bin_ = VENV / "bin"
    return {
        "web": [
            str(bin_ / "uvicorn"),
            "config.asgi:application",
            *("--host", host, "--port", str(port)),
            *("--ws", "websockets-sansio", "--ws-per-message-deflate", "false"),
            *("--timeout-graceful-shutdown", str(graceful)),
            *("--no-access-log", "--no-proxy-headers", "--no-server-header"),
            *("--log-level", "warning"),
        ],
        # solo: the lightest pool, and nothing to orphan; a task that kills it only costs a restart
        "worker": [
            str(bin_ / "celery"),
            *("-A", "config", "worker", "--pool", "solo", "--loglevel", "warning"),
            *("--without-gossip", "--without-mingle", "--without-heartbeat"),
        ],
        # no pid file: one left by a killed beat would stop the next one
        "beat": [str(bin_ / "celery"), "-A", "config", "beat", "--pidfile=", "--loglevel", "warning"],
    }


class Supervisor:
    """Starts the children, restarts those that die, ends them all."""

    def __init__(self, *, var: Path, host: str, port: int, env: Mapping[str, str], say: Callable[[str], None]) -> None:
        self.var, self.say = var, say
        self.address = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}"  # noqa: S104 - compared only
        logs = var / "log"
        logs.mkdir(parents=True, exist_ok=True)
        self.children = [
            Child(name, command, env=env, log=_log(logs / f"{name}.log"), say=say)
            for name, command in commands(host=host, port=port).items()
        ]
        self.stopping = False

    def run(self, *, ready: Callable[[], None]) -> int:
        """Until it is asked to stop. Calls `ready` once, when the first page answers."""
        signal.signal(signal.SIGINT, self._on_signal)
        signal.signal(signal.SIGTERM, self._on_signal)
        # Messages are only kicks, repeated by beat; one that a killed process left half written must not stay.
        shutil.rmtree(self.var / "broker", ignore_errors=True)
        web, *others = self.children
        try:
            web.start()
            waiting = True
            deadline = time.monotonic() + FIRST_PAGE_WITHIN
            while not self.stopping:
                if waiting and self._answers():
                    waiting = False
                    # Only now, so that the first page does not wait for two more processes to load.
                    for child in others:
                        child.start()
                    ready()
                elif waiting and time.monotonic() > deadline:
                    self.say("No page answers yet: see the web process's log")
                    deadline += FIRST_PAGE_WITHIN
                for child in [web] if waiting else self.children:
                    child.watch()
                time.sleep(POLL)
        finally:
            self._end_all()
        return 0

    def _on_signal(self, number: int, _frame: object) -> None:
        if self.stopping:  # a second Ctrl-C: kill immediately
            for child in self.children:
                child.end_group(signal.SIGKILL)
            sys.exit(128 + number)
        self.stopping = True

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/vi/", timeout=20) as answer:  # noqa: S310 - our own address
                return bool(answer.status)
        except urllib.error.HTTPError as error:
            return error.code < 500
        except OSError:
            return False

    def _end_all(self) -> None:
        self.say("Ending the processes")
        for child in reversed(self.children):
            child.ask_to_end()
        deadline = time.monotonic() + END_WITHIN
        while any(child.alive for child in self.children) and time.monotonic() < deadline:
            time.sleep(0.05)
        for child in self.children:
            child.end_group(signal.SIGKILL)
            if child.process is not None:
                with contextlib.suppress(OSError):
                    child.process.wait()


def _log(file: Path) -> Path:
    if file.exists() and file.stat().st_size > LOG_LIMIT:
        file.replace(file.with_suffix(".log.1"))
    return file
