"""One process of the demo: started, watched, started again, ended."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from deploy.steps import ROOT, die_with_parent

FIRST_PAUSE = 0.5  # seconds before the first restart; doubled while it keeps dying
LONGEST_PAUSE = 30.0
STEADY_AFTER = 20.0  # seconds after which a process counts as having run well


class Child:
    """A process with its log file. `say` reports to the terminal what happened to it."""

    def __init__(
        self, name: str, command: list[str], *, env: Mapping[str, str], log: Path, say: Callable[[str], None]
    ) -> None:
        self.name, self.command, self.env, self.log, self.say = name, command, dict(env), log, say
        self.process: subprocess.Popen[bytes] | None = None
        self.pause = FIRST_PAUSE
        self.started = 0.0
        self.restart_at = 0.0

    def start(self) -> int:
        """Start it in a session of its own: a Ctrl-C at the terminal reaches only the supervisor. Returns its id."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env={**os.environ, **self.env},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=die_with_parent(),
            )
        self.started = time.monotonic()
        return self.process.pid

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def watch(self) -> None:
        """Notice a death, and start again after a pause that grows while it keeps dying."""
        now = time.monotonic()
        if self.alive:
            if now - self.started > STEADY_AFTER:
                self.pause = FIRST_PAUSE
            return
        if self.process is not None:
            how = _how(self.process.returncode)
            self.say(
                f"The {self.name} process {how}; starting it again in {self.pause:g} s (its log: {_shown(self.log)})"
            )
            self.end_group(signal.SIGKILL)
            self.process = None
            self.restart_at = now + self.pause
            self.pause = min(self.pause * 2, LONGEST_PAUSE)
        elif now >= self.restart_at:
            pid = self.start()
            self.say(f"The {self.name} process is started again (process {pid})")

    def ask_to_end(self) -> None:
        """SIGTERM to the process itself: Celery passes it on in its own way."""
        if self.alive and self.process is not None:
            self.process.terminate()

    def end_group(self, number: int) -> None:
        """A signal to everything that the process may have started."""
        if self.process is None:
            return
        try:
            os.killpg(self.process.pid, number)
        except (ProcessLookupError, PermissionError):
            return


def _how(code: int) -> str:
    return f"was killed by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"


def _shown(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)
