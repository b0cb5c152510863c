from pathlib import Path

import pytest

from deploy import stamps
from deploy.stamps import Stamp, digest


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(stamps, "ROOT", tmp_path)
    (tmp_path / "css").mkdir()
    (tmp_path / "css" / "site.css").write_text("a {}")
    return tmp_path


def test_the_digest_follows_names_and_contents(tree: Path) -> None:
    seen = {digest(tree)}
    (tree / "css" / "site.css").write_text("b {}")
    seen.add(digest(tree))
    (tree / "css" / "site.css").rename(tree / "css" / "other.css")
    seen.add(digest(tree))
    (tree / "css" / "new.css").touch()
    seen.add(digest(tree))
    assert len(seen) == 4


def test_what_is_built_does_not_count(tree: Path) -> None:
    before = digest(tree)
    (tree / "dist").mkdir()
    (tree / "dist" / "site.css").write_text("built")
    assert digest(tree, tree / "missing") == before


def test_a_stamp_holds_only_with_its_value_and_what_was_made(tree: Path) -> None:
    made = tree / "made"
    stamp = Stamp(tree / "stamps" / "x", "1", made)
    assert not stamp.holds()
    stamp.set()
    assert not stamp.holds()
    made.touch()
    assert stamp.holds()
    assert not Stamp(stamp.file, "2", made).holds()
