"""A demonstration to throw away: a server on its own copy of the demo's data, for the browser tests and the pictures.

The data is loaded once into a template and copied after that. A template is good for one day, because the proposals of
the demonstration happen "today"; a fixed moment makes it good for as long as migrations and data stay the same.
"""

import fcntl
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from deploy.prepare import compile_messages
from deploy.stamps import digest
from deploy.steps import PYTHON, ROOT, StepFailed, die_with_parent, run
from deploy.supervisor import commands

APPS = ("accounts", "cms", "core", "investment", "issues", "search")
READY_WITHIN = 60.0  # seconds
_LIVES_IN_HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def environment(var: Path, address: str = "http://127.0.0.1:8000") -> dict[str, str]:
    """The environment of a throw-away demo, without the developer's own settings."""
    others = [name for name in os.environ if name.startswith("TN_")]
    # An empty variable counts as none.
    return {
        **dict.fromkeys([*others, "DATABASE_URL", "REDIS_URL", "ELASTICSEARCH_URL"], ""),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "TN_ENV_FILE": os.devnull,
        "TN_VAR_DIR": str(var),
        "TN_DEMO": "true",
        "TN_SITE_URL": address,
        "TN_LOG_LEVEL": "warning",
    }


def template(folder: Path, *, moment: datetime | None = None, migrated: Path | None = None) -> Path:
    """The demo's data, loaded as of `moment` (now, where none is given) into a folder below `folder`.

    `migrated`: an SQLite database that has every migration and no data yet; without it migrations run, which takes
    many times as long as the loading.
    """
    folder.mkdir(parents=True, exist_ok=True)
    compile_messages()
    found = folder / f"demo-{_key(moment)}"
    # Several test processes start together: one loads, the others wait and find it.
    with (folder / "demo.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if not found.exists():
            _load(found, moment, migrated)
    return found


def _key(moment: datetime | None) -> str:
    sources = [ROOT / "requirements.lock", ROOT / "data"]
    sources += [path for app in APPS for path in (ROOT / app / "migrations", *(ROOT / app).glob("*demo*"))]
    day = moment.isoformat() if moment else str(datetime.now(_LIVES_IN_HANOI).date())
    return digest(*sources, extra=day)[:16]


def _load(target: Path, moment: datetime | None, migrated: Path | None) -> None:
    for old in target.parent.glob("demo-*"):
        shutil.rmtree(old)
    partial = target.with_suffix(".partial")
    if migrated is not None:
        partial.mkdir()
        shutil.copyfile(migrated, partial / "trong-ngay.sqlite3")
    env = environment(partial)
    run([PYTHON, "-m", "deploy.prepare"], env=env)
    run([PYTHON, "manage.py", "load_demo", *(["--now", moment.isoformat()] if moment else [])], env=env)
    partial.rename(target)


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(var: Path, *, moment: datetime | None = None, port: int | None = None) -> Iterator[str]:
    """The address of a web process on the data in `var`. With `moment`, its clock is fixed there."""
    port = port or free_port()
    address = f"http://127.0.0.1:{port}"
    command = commands(host="127.0.0.1", port=port)["web"]
    if moment:
        command = [str(PYTHON), "-m", "deploy.still_clock", moment.isoformat(), str(port)]
    with (var / "web.log").open("w") as log:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **environment(var, address)},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            preexec_fn=die_with_parent(),
        )
        try:
            _wait_for(process, address, var / "web.log")
            yield address
        finally:
            process.terminate()
            try:
                process.wait(8)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_for(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=20):  # noqa: S310 - our own address
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise StepFailed(f"The server does not answer at {address}:\n{log.read_text(errors='replace')[-2000:]}")
