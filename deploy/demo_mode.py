"""The mode of `bin/demo` lies beside its data, not in `.env`: Compose reads that file, and would run as a demo."""

from pathlib import Path

from deploy.steps import ROOT, say

MARK = "demo-mode"  # in TN_VAR_DIR; the settings look for it (config/settings/paths.py)
_TEXT = "The data in this folder are those of bin/demo. Where TN_DEMO is set nothing reads this file.\n"
_MADE_BY_SETUP = "# Made by bin/setup. .env.example lists every setting.\nTN_DEMO=true\n"


def leave_mark(var: Path) -> None:
    """From now on `manage.py` on this data runs as the demo, unless TN_DEMO is set."""
    var.mkdir(parents=True, exist_ok=True)
    (var / MARK).write_text(_TEXT, encoding="utf-8")


def clear_old_env_file(root: Path = ROOT) -> None:
    """Remove the `.env` that earlier versions made. One that somebody wrote stays; its TN_DEMO is named."""
    file = root / ".env"
    if not file.is_file():
        return
    text = file.read_text(encoding="utf-8", errors="replace")
    if text == _MADE_BY_SETUP:
        file.unlink()
        say("Removed the .env of an earlier bin/setup: the demo's mode lies in its data folder now")
    elif any(_turns_demo_on(line) for line in text.splitlines()):
        say("Your .env has TN_DEMO=true: everything in this checkout runs as a demo. Remove the line where people work")


def _turns_demo_on(line: str) -> bool:
    name, _equals, value = line.strip().removeprefix("export ").partition("=")
    return name.strip() == "TN_DEMO" and value.strip().strip("\"'").lower() in ("true", "1", "yes", "on")
