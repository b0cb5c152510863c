from pathlib import Path

import pytest

from deploy import check


def test_a_template_line_that_is_too_long_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "ROOT", tmp_path)
    templates = tmp_path / "templates" / "mail"
    templates.mkdir(parents=True)
    (templates / "event.txt").write_text("short\n" + "x" * check.TEMPLATE_WIDTH + "\n")
    assert check.template_lines_fit().ok
    (templates / "event.txt").write_text("short\n" + "x" * (check.TEMPLATE_WIDTH + 1) + "\n")
    outcome = check.template_lines_fit()
    assert not outcome.ok
    assert outcome.text == "templates/mail/event.txt:2: 161 characters"
