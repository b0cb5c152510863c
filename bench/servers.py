"""Both sides of a comparison as servers: ours on a copy of the demonstration's data, and any other by its command."""

import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.client import Connection, request
from deploy.steps import PYTHON, ROOT, die_with_parent
from deploy.supervisor import commands
from deploy.throwaway import environment, template

PROCESSES = 2
READY_WITHIN = 60.0  # seconds
BENCH_VAR = ROOT / "var" / "bench"


@dataclass(frozen=True)
class Running:
    """Processes that answer for one side, each at its own port, as behind a proxy: so each gets its share of the
    connections. Processes that share a port do not: the first to wake takes all that wait.
    """

    ports: list[int]
    pids: list[int]

    def cpu_seconds(self) -> float:
        """Processor time that they and their children have used so far."""
        return sum(_cpu(child) for pid in self.pids for child in _with_children(pid))


def _with_children(pid: int) -> list[int]:
    found = [pid]
    for file in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in file.read_text().split():
            found += _with_children(int(child))
    return found


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def processes(
    command: Callable[[int], list[str]], path: str, *, folder: Path, env: Mapping[str, str] | None = None
) -> Iterator[Running]:
    """As many processes as each side gets, started by the command for a port."""
    with ExitStack() as stack:
        ports = [free_port() for _ in range(PROCESSES)]
        pids = [stack.enter_context(server(command(port), port, path, folder=folder, env=env)) for port in ports]
        yield Running(ports, pids)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def server(
    command: list[str], port: int, path: str, *, folder: Path, env: Mapping[str, str] | None = None
) -> Iterator[int]:
    """Run the command until the block ends; the block begins when `path` answers."""
    with (folder / f"server-{port}.log").open("wb") as log:
        process = subprocess.Popen(
            command,
            cwd=folder if env is None else ROOT,
            env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            preexec_fn=die_with_parent(),
        )
        try:
            _wait(process, port, path, folder / f"server-{port}.log")
            yield process.pid
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait(process: subprocess.Popen[bytes], port: int, path: str, log: Path) -> None:
    end = time.monotonic() + READY_WITHIN
    while process.poll() is None and time.monotonic() < end:
        line = Connection(port)
        try:
            if line.exchange(request("GET", path, {"Connection": "close"})).status < 500:
                return
        except OSError:
            time.sleep(0.1)
        finally:
            line.close()
    raise SystemExit(f"the server did not start:\n{log.read_text(errors='replace')[-3000:]}")


class Ours:
    """Our product on data of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.env = {**environment(folder), "TN_LOG_LEVEL": "warning"}

    def script(self, module: str, *arguments: str) -> dict[str, object]:
        """Run a module of the bench on these data and read the JSON that it prints last."""
        done = subprocess.run(
            [str(PYTHON), "-m", module, *arguments],
            cwd=ROOT,
            env={**os.environ, **self.env},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise SystemExit(done.stderr[-3000:])
        found: dict[str, object] = json.loads(done.stdout.strip().splitlines()[-1])
        return found

    @contextmanager
    def running(self) -> Iterator[Running]:
        """The product's own server, as many processes as the peer has."""
        with processes(
            lambda port: commands(host="127.0.0.1", port=port)["web"], "/healthz", folder=self.folder, env=self.env
        ) as running:
            yield running


@contextmanager
def ours() -> Iterator[Ours]:
    """Our product on a copy of the demonstration, which is thrown away afterwards."""
    source = template(BENCH_VAR)
    with tempfile.TemporaryDirectory(dir=BENCH_VAR) as folder:
        target = Path(folder) / "var"
        shutil.copytree(source, target)
        yield Ours(target)
