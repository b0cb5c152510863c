import os
import re
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

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
        ("TN_TRUSTED_PROXIES", "nginx", "TN_TRUSTED_PROXIES has a wrong value: expected addresses or networks"),
        ("TN_TRUSTED_PROXIES", "10.0.0.1/8", "TN_TRUSTED_PROXIES has a wrong value: expected addresses or networks"),
        (
            "TN_MAP_TILES_URL",
            "https://a.vn/{z}/{x}.png",
            "TN_MAP_TILES_URL has a wrong value: expected an address of one",
        ),
        ("TN_MAP_TILES_URL", "https://{s}.a.vn/{z}/{x}/{y}", "TN_MAP_TILES_URL has a wrong value: expected an address"),
        ("TN_MAP_TILES_URL", "https://a.vn/{z}/{x}/{y}?{key}", "TN_MAP_TILES_URL has a wrong value: expected an"),
        ("TN_MAP_TILES_URL", "https://a.vn;script-src/{z}/{x}/{y}", "TN_MAP_TILES_URL has a wrong value: expected an"),
        ("TN_MAP_TILES_URL", "/{z}/{x}/{y}.png", "TN_MAP_TILES_URL has a wrong value: expected an address of one host"),
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


def test_a_setting_that_is_gone_names_the_new_one(environ: pytest.MonkeyPatch) -> None:
    environ.setenv("TN_BEHIND_PROXY", "true")
    with pytest.raises(ImproperlyConfigured, match="TN_BEHIND_PROXY is gone: set TN_TRUSTED_PROXIES"):
        read_environment()


def test_proxies_are_networks(environ: pytest.MonkeyPatch) -> None:
    environ.setenv("TN_TRUSTED_PROXIES", "172.31.255.2,, 10.20.0.0/16 ,2001:db8::/48")
    assert read_environment().tn_trusted_proxies == ["172.31.255.2/32", "10.20.0.0/16", "2001:db8::/48"]


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
