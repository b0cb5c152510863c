"""The check that tests stand where the code stands, on a small tree."""

from pathlib import Path

import pytest

from deploy import mirror

LONG = "def work() -> int:\n    return 1\n" + "# why\n" * mirror.SHORT
CONSTANTS = "VALUE = 1\n" * (mirror.SHORT + 1)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name, text in {
        "core/text.py": LONG,
        "core/templatetags/words.py": LONG,
        "core/short.py": "def work() -> int:\n    return 1\n",
        "core/choices.py": CONSTANTS,
        "core/models/row.py": LONG,  # an exception by its pattern
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def write(tree: Path, *names: str) -> None:
    for name in names:
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).touch()


def missing(tree: Path) -> list[str]:
    return [str(path) for path in mirror.without_tests(mirror.sources(tree), tree)]


def test_long_modules_without_a_test_are_named(tree: Path) -> None:
    assert missing(tree) == ["core/templatetags/words.py", "core/text.py"]


def test_a_test_counts_only_at_its_place(tree: Path) -> None:
    write(tree, "tests/core/test_words.py", "tests/core/test_text_folding.py")
    assert missing(tree) == ["core/templatetags/words.py"]
    write(tree, "tests/core/templatetags/test_words.py")
    assert missing(tree) == []


def test_a_test_without_its_module_is_named(tree: Path) -> None:
    write(
        tree,
        "tests/core/test_text.py",
        "tests/core/test_text_folding.py",
        "tests/core/test_gone.py",
        "tests/e2e/test_x.py",
    )
    assert [str(path) for path in mirror.without_module(tree)] == ["tests/core/test_gone.py"]


def test_an_exception_that_names_nothing_is_named(tree: Path) -> None:
    found = mirror.problems(tree)
    assert "deploy/mirror.py: cms/blocks.py names no module" in found
    assert "deploy/mirror.py: tests/test_database.py does not exist" in found
