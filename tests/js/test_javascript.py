"""JavaScript without a page, by node's own test runner: one file of tests for each module of assets/js/lib/pure/."""

import re
import subprocess
from pathlib import Path

import pytest

from deploy.setup import installed_node
from deploy.steps import ROOT

PURE = ROOT / "assets" / "js" / "lib" / "pure"
HERE = Path(__file__).parent
TOUCHES_A_PAGE = re.compile(r"\b(document|window|localStorage|fetch|addEventListener)\b")


def test_each_pure_module_has_its_tests() -> None:
    modules = {file.stem for file in PURE.glob("*.js")}
    assert modules
    assert {file.name.removesuffix(".test.mjs") for file in HERE.glob("*.test.mjs")} == modules


def test_pure_modules_touch_no_page() -> None:
    code = {file.name: re.sub(r"^\s*(//|/\*\*).*$", "", file.read_text(), flags=re.M) for file in PURE.glob("*.js")}
    assert [name for name, text in code.items() if TOUCHES_A_PAGE.search(text)] == []


def test_javascript() -> None:
    node = installed_node()
    if node is None:
        pytest.skip("no Node.js 18 or newer here: bin/setup installs one")
    files = sorted(str(file) for file in HERE.glob("*.test.mjs"))
    answer = subprocess.run([node, "--test", *files], cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr
