"""Runs the commands that set the product up and reports their progress."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
_PR_SET_PDEATHSIG = 1

_running: set[subprocess.Popen[str]] = set()
_stopping = threading.Event()
_started = time.monotonic()


class StepFailed(Exception):
    """A step did not work. The text says what to do about it."""


def say(text: str) -> None:
    print(f"[{time.monotonic() - _started:5.1f} s] {text}", flush=True)


def die_with_parent(number: int = signal.SIGKILL) -> Callable[[], None] | None:
    """For Popen's preexec_fn: the kernel ends the child when we end, however we end (Linux only)."""
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None, use_errno=True)
    parent = os.getpid()

    def prepare() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, number)
        if os.getppid() != parent:  # it ended between fork and prctl
            os._exit(1)

    return prepare


def run(command: Sequence[str | Path], *, env: Mapping[str, str] | None = None, hint: str = "") -> None:
    """Run a command quietly; raise StepFailed with the end of its output when it fails."""
    if _stopping.is_set():
        raise StepFailed("Stopped.")
    process = subprocess.Popen(
        [str(part) for part in command],
        cwd=ROOT,
        env={**os.environ, **(env or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        preexec_fn=die_with_parent(),
    )
    _running.add(process)
    try:
        output, _ = process.communicate()
    finally:
        _running.discard(process)
    if process.returncode:
        shown = " ".join(Path(str(part)).name if index == 0 else str(part) for index, part in enumerate(command))
        tail = "\n".join(f"    {line}" for line in output.strip().splitlines()[-25:])
        raise StepFailed(f"This failed: {shown}\n{tail}" + (f"\n{hint}" if hint else ""))


def stop_running() -> None:
    """End every command that is under way."""
    _stopping.set()
    for process in list(_running):
        process.kill()


def side_by_side(*jobs: Callable[[], None]) -> None:
    """Run the jobs at the same time; the first failure ends the others and is raised."""
    failures: list[BaseException] = []

    def attempt(job: Callable[[], None]) -> None:
        try:
            job()
        except BaseException as error:
            failures.append(error)
            stop_running()

    threads = [threading.Thread(target=attempt, args=(job,), daemon=True) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
