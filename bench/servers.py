"""Both sides of a comparison as servers: ours on a copy of the demonstration's data, and any other by its command."""

import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from bench.client import Connection, request
from bench.database import engine, pid_of_server, throwaway
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
    others: tuple[int, ...] = ()  # what works for them: worker, beat

    def cpu_seconds(self) -> float:
        """Processor time that the servers and their children have used so far."""
        return _cpu_of(self.pids)

    def all_cpu_seconds(self) -> float:
        """Processor time of the servers, of what works for them, and of the database server."""
        database = pid_of_server()
        return _cpu_of([*self.pids, *self.others, *([database] if database else [])])


def _cpu_of(pids: Iterable[int]) -> float:
    return sum(_cpu(child) for pid in pids for child in _with_children(pid))


def _with_children(pid: int) -> list[int]:
    found = [pid]
    for file in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = file.read_text().split()
        except (FileNotFoundError, ProcessLookupError):  # ended between the two looks
            continue
        for child in children:
            found += _with_children(int(child))
    return found


def _cpu(pid: int) -> float:
    """Of a process, with its children that have ended; nothing for one that has ended itself."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except FileNotFoundError:
        return 0.0
    return sum(int(ticks) for ticks in fields[11:15]) / os.sysconf("SC_CLK_TCK")


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
    with (folder / f"server-{port}.log").open("wb") as log, _child(command, env, log, folder=folder) as process:
        _wait(process, port, path, folder / f"server-{port}.log")
        yield process.pid


@contextmanager
def _child(
    command: list[str], env: Mapping[str, str] | None, log: IO[bytes], *, folder: Path = ROOT
) -> Iterator["subprocess.Popen[bytes]"]:
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
        yield process
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

    def __init__(self, folder: Path, database: str) -> None:
        self.folder = folder
        servers = {"DATABASE_URL": database, "REDIS_URL": os.environ.get("REDIS_URL", "") if database else ""}
        self.env = {**environment(folder), **servers, "TN_LOG_LEVEL": "warning", "TN_LIMITS_FACTOR": "1000000"}

    def script(self, module: str, *arguments: str) -> dict[str, object]:
        """Run a module of the bench on these data and read the JSON that it prints last."""
        return dict(json.loads(self._run("-m", module, *arguments).strip().splitlines()[-1]))

    def load(self) -> None:
        """Make the tables and load the demonstration."""
        self._run("-m", "deploy.prepare", "--demo")

    def _run(self, *arguments: str) -> str:
        done = subprocess.run(
            [str(PYTHON), *arguments],
            cwd=ROOT,
            env={**os.environ, **self.env},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise SystemExit(done.stderr[-3000:])
        return done.stdout

    @contextmanager
    def running(self, *, with_workers: bool = False) -> Iterator[Running]:
        """The product's own server, as many processes as the peer has; with the worker and beat where asked."""
        with ExitStack() as stack:
            web = stack.enter_context(
                processes(
                    lambda port: commands(host="127.0.0.1", port=port)["web"],
                    "/healthz",
                    folder=self.folder,
                    env=self.env,
                )
            )
            names = ("worker", "beat") if with_workers else ()
            others = [stack.enter_context(self._background(name)) for name in names]
            yield Running(web.ports, web.pids, tuple(others))

    @contextmanager
    def _background(self, name: str) -> Iterator[int]:
        command = commands(host="127.0.0.1", port=0)[name]
        with (self.folder / f"{name}.log").open("wb") as log, _child(command, self.env, log) as process:
            yield process.pid


@contextmanager
def ours() -> Iterator[Ours]:
    """Our product on a copy of the demonstration, which is thrown away afterwards."""
    BENCH_VAR.mkdir(parents=True, exist_ok=True)
    with throwaway("ours") as database, tempfile.TemporaryDirectory(dir=BENCH_VAR) as folder:
        target = Path(folder) / "var"
        if engine() == "sqlite":
            shutil.copytree(template(BENCH_VAR), target)
            yield Ours(target, database)
            return
        target.mkdir()
        product = Ours(target, database)
        product.load()
        yield product
