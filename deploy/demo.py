"""`bin/demo`: set up, load the demo's data, run the product until Ctrl-C."""

import argparse
import fcntl
import json
import os
import signal
import socket
import sys
from pathlib import Path
from typing import IO

from deploy.demo_mode import leave_mark
from deploy.setup import set_up, var_dir
from deploy.steps import ROOT, StepFailed, say, stop_running
from deploy.supervisor import Supervisor

PASSWORD = "demo"  # noqa: S105 - the demo's only one; refused unless TN_DEMO
PEOPLE = ("investor", "enterprise", "enterprise2", "coordinator", "leader", "editor", "publisher", "admin")


def refuse_used_port(host: str, port: int) -> None:
    """Say so before anything else is done."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise StepFailed(
                f"Port {port} cannot be used ({error.strerror}). Choose another one: bin/demo --port {port + 1}"
            ) from None


def lock(var: Path) -> IO[str]:
    """Hold the data for this demo alone. The kernel lets go when the process ends, however it ends."""
    var.mkdir(parents=True, exist_ok=True)
    file = (var / "demo.lock").open("a+", encoding="ascii")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.seek(0)
        raise StepFailed(
            f"Another demo runs on the same data (process {file.read().strip() or 'unknown'}). "
            "End it first, or give this one its own data: TN_VAR_DIR=/some/folder bin/demo --port 8001"
        ) from None
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()
    return file


def announce(address: str) -> None:
    """The address and who can sign in."""
    agencies = json.loads((ROOT / "data" / "agencies.json").read_text(encoding="utf-8"))
    codes = sorted(row["code"].lower() for row in agencies["hanoi_2025_after_merger"])
    print(f"\n  Trong Ngày runs at {address}/\n")
    print(f"  Sign in at {address}/vi/account/login/ with the password “{PASSWORD}” as:")
    print("    " + "  ".join(f"{name}@demo.example" for name in PEOPLE))
    print("    officer-<agency>@demo.example  head-<agency>@demo.example, agencies: " + " ".join(codes))
    print("\n  Ctrl-C ends it.\n", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="bin/demo", description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--host", default="127.0.0.1", help="0.0.0.0 to be reached from other machines")
    chosen = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    os.environ["TN_DEMO"] = "true"
    os.environ.setdefault("TN_SITE_URL", f"http://127.0.0.1:{chosen.port}")
    try:
        refuse_used_port(chosen.host, chosen.port)
        held = lock(var_dir())
        leave_mark(var_dir())
        set_up(demo=True)
        supervisor = Supervisor(var=var_dir(), host=chosen.host, port=chosen.port, env={}, say=say)
        say("Starting")
        code = supervisor.run(ready=lambda: announce(supervisor.address))
        held.close()
    except StepFailed as error:
        sys.exit(f"{error}")
    except KeyboardInterrupt:
        sys.exit("Stopped. Start it again at any time.")
    finally:
        stop_running()
    sys.exit(code)


if __name__ == "__main__":
    main()
