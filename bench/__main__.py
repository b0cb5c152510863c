"""All benches, one after the other: `python -m bench`. Each also runs alone, with options of its own."""

import os
import platform
import subprocess
import sys

BENCHES = (
    "clock",
    "routing",
    "filing",
    "drain",
    "lists",
    "sweep",
    "recompute",
    "search",
    "relevance",
    "live",
    "hostile",
)


def main() -> None:
    load = os.getloadavg()[0]
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores, load {load:.1f}")
    for name in BENCHES:
        print(f"\n## python -m bench.{name}\n", flush=True)
        subprocess.run([sys.executable, "-m", f"bench.{name}"], check=False)


if __name__ == "__main__":
    main()
