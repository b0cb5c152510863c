"""`bin/demo`'s supervisor: whatever is killed comes back, and nothing is left when it ends."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
START_WITHIN = 90.0
RESTART_WITHIN = 45.0

pytestmark = [
    pytest.mark.faults,
    pytest.mark.timeout(240),
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks /proc who is alive"),
]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(what: str, condition: Callable[[], bool], within: float) -> None:
    deadline = time.monotonic() + within
    while not condition():
        assert time.monotonic() < deadline, f"not within {within:g} s: {what}"
        time.sleep(0.1)


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


class Demo:
    """A supervisor on a copy of the test database."""

    def __init__(self, var: Path) -> None:
        self.var, self.port = var, free_port()
        self.output = var / "output"
        code = (
            "from pathlib import Path; from deploy.steps import say; from deploy.supervisor import Supervisor;"
            f"Supervisor(var=Path({str(var)!r}), host='127.0.0.1', port={self.port}, env={{}}, say=say)"
            ".run(ready=lambda: say('ready'))"
        )
        self.process = subprocess.Popen(
            [sys.executable, "-u", "-c", code],
            cwd=ROOT,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", **self.environment()},
            stdout=self.output.open("wb"),
            stderr=subprocess.STDOUT,
        )

    def environment(self) -> dict[str, str]:
        return {
            "TN_DEMO": "true",
            "TN_VAR_DIR": str(self.var),
            "TN_ENV_FILE": os.devnull,
            "DATABASE_URL": f"sqlite:///{settings.DATABASES['default']['NAME']}",
            "REDIS_URL": "",
            "ELASTICSEARCH_URL": "",
        }

    def said(self) -> str:
        return self.output.read_text(encoding="utf-8")

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=10) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def child(self, name: str) -> int | None:
        """The process of a child, looked up by its parent and its command line."""
        marker = {"web": "config.asgi:application", "worker": "worker", "beat": "beat"}[name]
        for pid in children_of(self.process.pid):
            command = Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
            if marker in command:
                return pid
        return None


def children_of(pid: int) -> list[int]:
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(child) for child in text.split()]


@pytest.fixture(scope="module")
def _demos() -> Iterator[list[Demo]]:
    """Those that were started here, the running one last."""
    demos: list[Demo] = []
    yield demos
    for one in demos:
        one.process.kill()
        one.process.wait()


@pytest.fixture
def demo(_demos: list[Demo], tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """One that runs: starting four processes takes the longest, so what a test left running serves the next one."""
    if connection.vendor != "sqlite":
        pytest.skip("the embedded way to run")
    connection.close()
    if not _demos or _demos[-1].process.poll() is not None:
        _demos.append(Demo(tmp_path_factory.mktemp("demo")))
    demo = _demos[-1]
    wait_for("the site answers", lambda: "ready" in demo.said() and demo.answers(), START_WITHIN)
    wait_for("all three run", lambda: all(map(demo.child, ("web", "worker", "beat"))), RESTART_WITHIN)
    return demo


def test_each_killed_process_is_started_again_and_said(demo: Demo) -> None:
    before = {name: demo.child(name) for name in ("web", "worker", "beat")}
    for pid in before.values():
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
    for name, old in before.items():
        wait_for(f"{name} is back", lambda name=name, old=old: demo.child(name) not in (None, old), RESTART_WITHIN)
        told = rf"The {name} process was killed by SIGKILL; starting it again(?s:.*)The {name} process is started again"
        wait_for(f"it is said of {name}", lambda told=told: re.search(told, demo.said()), RESTART_WITHIN)
    wait_for("the site answers again", demo.answers, RESTART_WITHIN)


def test_a_second_interrupt_waits_for_nobody(demo: Demo) -> None:
    children = children_of(demo.process.pid)
    for pid in children:  # they will not end by themselves
        os.kill(pid, signal.SIGSTOP)
    demo.process.send_signal(signal.SIGINT)
    wait_for("the first interrupt is heard", lambda: "Ending the processes" in demo.said(), 10)
    demo.process.send_signal(signal.SIGINT)
    assert demo.process.wait(timeout=5) != 0
    wait_for("nothing is left", lambda: not any(map(alive, children)), 10)


def test_sigterm_ends_everything_in_order(demo: Demo) -> None:
    children = children_of(demo.process.pid)
    assert len(children) == 3
    demo.process.terminate()
    assert demo.process.wait(timeout=20) == 0
    assert not any(map(alive, children))


def test_a_killed_supervisor_leaves_nothing(demo: Demo) -> None:
    children = children_of(demo.process.pid)
    assert len(children) == 3
    demo.process.kill()
    demo.process.wait()
    wait_for("nothing is left", lambda: not any(map(alive, children)), 10)
