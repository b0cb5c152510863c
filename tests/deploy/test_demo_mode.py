"""The demo's mode lies with its data; `.env` and Compose know nothing of it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config.settings.environment import DEMO_MARK
from deploy import demo_mode

ROOT = Path(__file__).resolve().parents[2]
OLD = "# Made by bin/setup. .env.example lists every setting.\nTN_DEMO=true\n"


def mode(var: Path, **variables: str) -> str:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TN_")}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    environment = {"TN_ENV_FILE": os.devnull, "SECRET_KEY": "x" * 40, "TN_VAR_DIR": str(var), **variables}
    show = "import config.settings as s; print(s.TN_DEMO)"
    command = [sys.executable, "-c", show]
    return subprocess.run(command, cwd=ROOT, env={**kept, **environment}, capture_output=True, text=True).stdout.strip()


def test_settings_and_set_up_mean_the_same_file() -> None:
    assert demo_mode.MARK == DEMO_MARK


def test_the_mode_is_read_beside_the_data_and_a_variable_wins(tmp_path: Path) -> None:
    assert mode(tmp_path) == "False"
    demo_mode.leave_mark(tmp_path)
    assert mode(tmp_path) == "True"
    assert mode(tmp_path, TN_DEMO="") == "True"
    assert mode(tmp_path, TN_DEMO="false") == "False"
    assert mode(tmp_path / "other", TN_DEMO="true") == "True"


def test_a_variable_in_the_env_file_wins_too(tmp_path: Path) -> None:
    demo_mode.leave_mark(tmp_path)
    (tmp_path / "env").write_text("TN_DEMO=false\n")
    assert mode(tmp_path, TN_ENV_FILE=str(tmp_path / "env")) == "False"


def test_the_env_file_of_earlier_versions_goes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / ".env").write_text(OLD)
    demo_mode.clear_old_env_file(tmp_path)
    assert not (tmp_path / ".env").exists()
    assert "Removed" in capsys.readouterr().out
    demo_mode.clear_old_env_file(tmp_path)  # with none, nothing happens
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("text", "named"),
    [("TN_CITY=Huế\n", False), (f"{OLD}TN_CITY=Huế\n", True), ('export TN_DEMO="1"\n', True), ("TN_DEMO=false", False)],
)
def test_an_env_file_that_somebody_wrote_stays(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, named: bool
) -> None:
    (tmp_path / ".env").write_text(text)
    demo_mode.clear_old_env_file(tmp_path)
    assert (tmp_path / ".env").read_text() == text
    assert ("TN_DEMO=true" in capsys.readouterr().out) is named


def test_compose_never_reads_the_mode() -> None:
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    assert "${TN_DEMO" not in text
    assert 'TN_DEMO: "false"' in text
    assert "env_file" not in text


def test_nothing_of_the_set_up_writes_an_env_file() -> None:
    for file in (ROOT / "deploy").glob("*.py"):
        text = file.read_text(encoding="utf-8")
        assert not ('".env"' in text and "write_text" in text) or file.name == "demo_mode.py", file
