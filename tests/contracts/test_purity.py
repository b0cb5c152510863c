import subprocess
import sys
from pathlib import Path

PROGRAM = """
import sys
before = set(sys.modules)
import issues.sla
names = {name.partition(".")[0] for name in set(sys.modules) - before}
# zoneinfo reads the build settings of Python, a generated module that the list of standard modules leaves out.
names = {name for name in names if not name.startswith("_sysconfigdata")}
print(*sorted(names - set(sys.stdlib_module_names)))
"""


def test_the_clock_needs_nothing_but_the_standard_library():
    root = Path(__file__).parents[2]
    # Without the environment: no settings module is named, and nothing is configured.
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=root, env={}, capture_output=True, text=True, check=True, timeout=30
    )
    assert done.stdout.split() == ["issues"]
