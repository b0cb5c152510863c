"""The broker of files under load: processes send while a worker takes, and no message is read before it is whole.

BROKER_LOAD_SECONDS=600 .venv/bin/python -m pytest tests/faults/test_broker.py
"""

import os
import signal
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from deploy.supervisor import commands
from tests.long import either

SECONDS = float(os.environ.get("BROKER_LOAD_SECONDS", either("3", "30")))
WRITERS = 4
ROOT = Path(__file__).resolve().parents[2]

pytestmark = [pytest.mark.faults, pytest.mark.timeout(SECONDS + 120)]


def wait_until(condition: Any, within: float, what: str) -> None:
    deadline = time.monotonic() + within
    while not condition():
        assert time.monotonic() < deadline, f"not within {within:g} s: {what}"
        time.sleep(0.05)


def lines(file: Path) -> list[str]:
    return file.read_text().splitlines() if file.exists() else []


def test_a_worker_under_load_dies_of_nothing_and_gets_every_message(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "TN_DEMO": "true",
        "TN_VAR_DIR": str(tmp_path),
        "TN_ENV_FILE": os.devnull,
        "REDIS_URL": "",
    }
    log, sent = tmp_path / "worker.log", [tmp_path / f"sent-{number}" for number in range(WRITERS)]
    program, _app, _name, *options = commands(host="", port=0)["worker"]
    worker_command = [program, "-A", "tests.faults.broker_load", *options]

    def start(stack: ExitStack, command: list[str], output: Path) -> "subprocess.Popen[bytes]":
        file = stack.enter_context(output.open("wb"))
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=file, stderr=subprocess.STDOUT, start_new_session=True
        )
        stack.callback(process.wait)
        stack.callback(_kill_group, process)
        return process

    with ExitStack() as stack:
        worker = start(stack, worker_command, log)
        with ExitStack() as writing:
            writers = [
                start(writing, [sys.executable, "-m", "tests.faults.broker_load", str(number)], output)
                for number, output in enumerate(sent)
            ]
            wait_until(lambda: lines(tmp_path / "received"), 60, "the first message arrives")
            until = time.monotonic() + SECONDS
            while time.monotonic() < until:
                assert worker.poll() is None, f"the worker died:\n{log.read_text()}"
                assert all(writer.poll() is None for writer in writers), sent[0].read_text()[-2000:]
                time.sleep(0.1)
        wanted = {line for output in sent for line in lines(output)}
        wait_until(lambda: wanted <= set(lines(tmp_path / "received")), 60, "every message that was sent arrives")
        received = lines(tmp_path / "received")
        assert len(received) == len(set(received)), "each of them once"
        assert worker.poll() is None
    assert "Traceback" not in log.read_text()
    assert len(wanted) > 10 * SECONDS, "that was no load"


def _kill_group(process: "subprocess.Popen[bytes]") -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
