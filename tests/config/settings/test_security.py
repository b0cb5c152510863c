"""Keys and cookies."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


def _start(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("TN_") and name != "SECRET_KEY"}
    clean.pop("DJANGO_SETTINGS_MODULE", None)
    command = [sys.executable, *arguments]
    variables = {**clean, "TN_ENV_FILE": os.devnull, **environment}
    return subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True, check=False)


def test_without_a_secret_key_the_start_ends_with_one_sentence(tmp_path: Path) -> None:
    answer = _start("manage.py", "check", TN_VAR_DIR=str(tmp_path))
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


SCHEME = (
    "import config.settings as s; print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.LANGUAGE_COOKIE_SECURE, "
    "s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS)"
)


@pytest.mark.parametrize("demo", ["true", "false"])
@pytest.mark.parametrize(
    ("address", "seconds", "expected"),
    [
        ("https://dautu.example.vn", "", "True True True True 31536000"),
        ("https://dautu.example.vn", "3600", "True True True True 3600"),
        ("https://dautu.example.vn", "0", "True True True True 0"),
        ("http://dautu.example.vn", "", "False False False False 0"),
        ("http://dautu.example.vn", "3600", "False False False False 0"),
    ],
)
def test_tls_follows_the_public_address(tmp_path: Path, demo: str, address: str, seconds: str, expected: str) -> None:
    variables = {"TN_DEMO": demo, "TN_DEBUG": demo, "TN_SITE_URL": address, "TN_HSTS_SECONDS": seconds}
    answer = _start("-c", SCHEME, SECRET_KEY="x" * 40, TN_VAR_DIR=str(tmp_path), **variables)
    assert answer.stdout.strip() == expected, answer.stderr


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
