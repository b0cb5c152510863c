"""The table of limits: its document, and what the environment changes in it."""

import os
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from config.settings.environment import Environment, read_environment
from tests.config.settings.test_security import _start

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "limits.md"
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}


def test_the_document_has_every_limit_as_it_is() -> None:
    rows = re.findall(r"^\| `([a-z_.]+)` \| (\d+) \| (?:(\d+) ([smhd]))? ?\| \S", DOCUMENT.read_text(), re.MULTILINE)
    found = {name: (int(count), int(n) * _SECONDS[unit] if unit else 0) for name, count, n, unit in rows}
    assert found == settings.TN_LIMITS
    assert list(found) == list(settings.TN_LIMITS)


def read(monkeypatch: pytest.MonkeyPatch, **variables: str) -> Environment:
    monkeypatch.setenv("TN_ENV_FILE", os.devnull)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return read_environment()


def test_single_limits_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    given = read(monkeypatch, TN_LIMITS="filing.enterprise=200/1h, tokens.person=50,,export.address=5/s")
    assert given.tn_limits == {"filing.enterprise": (200, 3600), "tokens.person": (50, 0), "export.address": (5, 1)}


@pytest.mark.parametrize("wrong", ["filing.enterprise", "x=0/1h", "x=-1", "x=5/1y", "x=5/0m", "=5", "x=1e9"])
def test_what_cannot_be_read_is_named(monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="TN_LIMITS has a wrong value: expected limits separated by commas"):
        read(monkeypatch, TN_LIMITS=wrong)


@pytest.mark.parametrize("wrong", ["0", "-1", "inf", "nan", "many"])
def test_a_factor_is_a_number_above_nothing(monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="TN_LIMITS_FACTOR has a wrong value"):
        read(monkeypatch, TN_LIMITS_FACTOR=wrong)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("filing.enterprises=5/1h", "did you mean filing.enterprise?"),
        ("zzz=5", "docs/limits.md lists all there are"),
        ("filing.enterprise=5", "filing.enterprise needs a period"),
        ("tokens.person=5/1h", "tokens.person needs no period"),
    ],
)
def test_a_wrong_limit_stops_the_start_with_a_sentence(tmp_path: Path, wrong: str, said: str) -> None:
    answer = _start("manage.py", "check", SECRET_KEY="x" * 40, TN_VAR_DIR=str(tmp_path), TN_LIMITS=wrong)
    assert answer.returncode == 1
    assert said in answer.stderr
    assert len(answer.stderr.strip().splitlines()) == 1


def test_the_factor_governs_what_django_allauth_counts(tmp_path: Path) -> None:
    show = "import config.settings as s; print(s.ACCOUNT_RATE_LIMITS['signup'], s.TN_LIMITS['tokens.person'])"
    variables = {"TN_LIMITS_FACTOR": "2.5", "TN_LIMITS": "tokens.person=7,sign_up.address=4/1m"}
    answer = _start("-c", show, SECRET_KEY="x" * 40, TN_VAR_DIR=str(tmp_path), **variables)
    assert answer.stdout.strip() == "10/60s/ip (7, 0)"
