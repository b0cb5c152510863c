import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.settings.database import database
from config.settings.environment import Environment, read_environment

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def environ(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in list(os.environ):
        if name.startswith("TN_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("TN_ENV_FILE", os.devnull)
    return monkeypatch


def test_every_setting_is_documented_and_nothing_else_is() -> None:
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    documented = re.findall(r"^# ([A-Z_]+)=", text, re.MULTILINE)
    assert sorted(documented) == sorted(name.upper() for name in Environment.model_fields)
    assert len(documented) == len(set(documented))


def test_documented_defaults_are_the_real_ones(environ: pytest.MonkeyPatch) -> None:
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    for name in ("TN_DEMO", "TN_DEBUG", "TN_SITE_URL", "TN_CITY", "TN_MAX_UPLOAD_MB", "TN_LOG_LEVEL", "TN_SMTP_PORT"):
        shown = re.search(rf"^# {name}=(.*)$", text, re.MULTILINE)
        assert shown is not None
        default = Environment.model_fields[name.lower()].default
        assert shown[1] == (str(default).lower() if isinstance(default, bool) else str(default))


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("TN_DEMO", "perhaps", "TN_DEMO has a wrong value: expected true or false"),
        ("TN_SMTP_PORT", "smtp", "TN_SMTP_PORT has a wrong value: expected a whole number"),
        ("TN_LOG_FORMAT", "xml", "TN_LOG_FORMAT has a wrong value: expected one of 'text' or 'json'"),
        ("TN_SITE_URL", "dautu.example.vn", "TN_SITE_URL has a wrong value: expected the public address"),
        ("SECRET_KEY", "short", "SECRET_KEY has a wrong value: expected at least 32 random characters"),
        ("TN_MAX_UPLOAD_MB", "0", "TN_MAX_UPLOAD_MB has a wrong value: expected input should be"),
    ],
)
def test_a_wrong_value_is_named(environ: pytest.MonkeyPatch, name: str, value: str, expected: str) -> None:
    environ.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=re.escape(expected)):
        read_environment()


def test_a_wrong_secret_is_not_repeated(environ: pytest.MonkeyPatch) -> None:
    environ.setenv("SECRET_KEY", "hunter2")
    with pytest.raises(ImproperlyConfigured) as error:
        read_environment()
    assert "hunter2" not in str(error.value)


@pytest.mark.parametrize(
    ("name", "hint"), [("TN_DEMOO", "did you mean TN_DEMO?"), ("TN_QWXZJ", ".env.example lists all there are.")]
)
def test_an_unknown_name_is_refused_with_a_hint(environ: pytest.MonkeyPatch, name: str, hint: str) -> None:
    environ.setenv(name, "1")
    with pytest.raises(ImproperlyConfigured, match=f"{name} is unknown: {re.escape(hint)}"):
        read_environment()


def test_the_environment_wins_over_the_file(environ: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "settings"
    file.write_text("TN_CITY=Huế\nTN_SMTP_PORT=2525\n", encoding="utf-8")
    environ.setenv("TN_ENV_FILE", str(file))
    environ.setenv("TN_SMTP_PORT", "587")
    read = read_environment()
    assert (read.tn_city, read.tn_smtp_port) == ("Huế", 587)


def test_an_unknown_name_in_the_file_is_refused_too(environ: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "settings"
    file.write_text("# a comment\nexport TN_CTIY=Huế\n", encoding="utf-8")
    environ.setenv("TN_ENV_FILE", str(file))
    with pytest.raises(ImproperlyConfigured, match="did you mean TN_CITY"):
        read_environment()


@pytest.mark.parametrize("url", ["mysql://root@localhost/x", "nonsense", "postgres//x"])
def test_a_database_that_is_not_supported_is_refused(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL has a wrong value"):
        database(url)


def test_sqlite_takes_its_lock_at_the_start_of_a_transaction(tmp_path: Path) -> None:
    options = database(f"sqlite:///{tmp_path}/x.sqlite3")["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "foreign_keys=ON" in options["init_command"]


def _start(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("TN_") and name != "SECRET_KEY"}
    clean.pop("DJANGO_SETTINGS_MODULE", None)
    command = [sys.executable, *arguments]
    variables = {**clean, "TN_ENV_FILE": os.devnull, **environment}
    return subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True, check=False)


def test_without_a_secret_key_the_start_ends_with_one_sentence() -> None:
    answer = _start("manage.py", "check")
    assert answer.returncode == 1
    assert answer.stderr.startswith("The environment variable SECRET_KEY is missing")
    assert len(answer.stderr.strip().splitlines()) == 1


def test_the_demo_keeps_a_key_of_its_own(tmp_path: Path) -> None:
    show = "import config.settings as s; print(s.SECRET_KEY, s.EMAIL_BACKEND)"
    first, second = (_start("-c", show, TN_DEMO="true", TN_VAR_DIR=str(tmp_path)) for _ in "12")
    assert first.stdout == second.stdout
    key, mail = first.stdout.split()
    assert len(key) >= 32
    assert mail.endswith("filebased.EmailBackend")
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_outside_the_demo_cookies_are_for_https_only(tmp_path: Path) -> None:
    show = "import config.settings as s; print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.ALLOWED_HOSTS)"
    answer = _start(
        "-c",
        show,
        SECRET_KEY="x" * 40,
        TN_SITE_URL="https://dautu.example.vn/",
        ALLOWED_HOSTS="",
        TN_VAR_DIR=str(tmp_path),
    )
    assert answer.stdout.strip() == "True True ['dautu.example.vn']"
