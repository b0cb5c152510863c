import re
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


def test_text_is_normalised_in_one_place_only():
    """Normalising takes quadratic time unless the marks of a letter are bounded before (core.text.normal)."""
    root = Path(__file__).parents[2]
    rooms = ("config", "search", "cms", "issues", "investment", "accounts", "core")
    sources = [path for room in rooms for path in (root / room).rglob("*.py")]
    calls = re.compile(r"unicodedata\.(normalize|is_normalized)|from unicodedata import")
    found = {str(path.relative_to(root)) for path in sources if calls.search(path.read_text(encoding="utf-8"))}
    assert found == {"core/text.py"}
