"""Every variable the product reads from its environment, typed. `.env.example` documents each one.

The environment wins over the `.env` file. A wrong value or an unknown `TN_*` name stops the start with one sentence.
"""

import difflib
import os
import re
from collections.abc import Iterable
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal

from django.core.exceptions import ImproperlyConfigured
from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

BASE_DIR = Path(__file__).resolve().parents[2]
DEMO_MARK = "demo-mode"  # a file in TN_VAR_DIR, made by bin/demo (deploy.demo_mode)


class Environment(BaseSettings):
    """The environment as the product understands it. Names are the variables' names in lower case."""

    model_config = SettingsConfigDict(extra="ignore", env_ignore_empty=True, hide_input_in_errors=True)

    # What it runs on
    database_url: str | None = None
    redis_url: str | None = None
    elasticsearch_url: str | None = None
    secret_key: str | None = Field(default=None, min_length=32)
    allowed_hosts: Annotated[list[str], NoDecode] = []

    # How it behaves
    tn_demo: bool = False
    tn_debug: bool = False
    tn_env_file: Path | None = None
    tn_var_dir: Path = BASE_DIR / "var"
    tn_static_dir: Path | None = None
    tn_site_url: str = Field(default="http://127.0.0.1:8000", pattern=r"^https?://[^/\s]+$")
    tn_city: str = "Hà Nội"
    tn_max_upload_mb: int = Field(default=20, ge=1, le=500)
    tn_log_level: Literal["debug", "info", "warning", "error"] = "info"
    tn_log_format: Literal["text", "json"] = "text"
    tn_metrics_token: str | None = None
    tn_limits: Annotated[dict[str, tuple[int, int]], NoDecode] = {}
    tn_limits_factor: float = Field(default=1, gt=0, allow_inf_nan=False)
    tn_security_contact: str = Field(default="", pattern=r"^((mailto:|https://|tel:)\S+)?$")
    tn_web_threads: int = Field(default=8, ge=1, le=100)

    # Seconds that one search may take; after that lists come from the database
    tn_search_timeout: float = Field(default=2, gt=0, le=60)
    # VND for a US dollar, only for putting capitals published in dollars in one order with the others
    tn_usd_rate: int = Field(default=25_000, ge=1)
    # Names of the indexes in Elasticsearch begin with this; copies of each index on other nodes
    tn_search_prefix: str = Field(default="trong-ngay", pattern=r"^[a-z0-9][a-z0-9_-]{0,62}$")
    tn_search_replicas: int = Field(default=0, ge=0, le=10)

    # Working minutes within which an answer to a question moves no due time; 0: every pause counts
    tn_pause_grace_minutes: int = Field(default=5, ge=0, le=60)

    # Days for which the counts of searched words are kept
    tn_searches_days: int = Field(default=90, ge=1, le=3650)

    # A ClamAV daemon: the absolute path of its socket, or host:port
    tn_clamav_socket: str = Field(default="", pattern=r"^(/\S+|[^/\s]+:\d{1,5})?$")

    # Behind a proxy
    tn_trusted_proxies: Annotated[list[str], NoDecode] = []
    tn_hsts_seconds: int | None = Field(default=None, ge=0)

    # Mail
    tn_mail_from: str = "Trong Ngày <no-reply@localhost>"
    tn_smtp_host: str = "localhost"
    tn_smtp_port: int = Field(default=25, ge=1, le=65535)
    tn_smtp_user: str = ""
    tn_smtp_password: str = ""
    tn_smtp_security: Literal["none", "starttls", "tls"] = "none"
    tn_mail_reply_domain: str = Field(default="", pattern=r"^([a-zA-Z0-9-]+\.)*[a-zA-Z0-9-]*$")

    tn_mail_raw_days: int = Field(default=30, ge=0, le=3650)

    # Tiles of another host under the map, in Leaflet's form, and the HTML that names who made them; empty: none
    tn_map_tiles_url: str = ""
    tn_map_tiles_attribution: str = ""

    # Webhooks
    tn_webhook_private: bool = False

    @field_validator("allowed_hosts", "tn_trusted_proxies", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return [host.strip() for host in value.split(",") if host.strip()]
        return value

    @field_validator("tn_trusted_proxies")
    @classmethod
    def _are_networks(cls, value: list[str]) -> list[str]:
        return [str(ip_network(text)) for text in value]

    @field_validator("tn_limits", mode="before")
    @classmethod
    def _read_limits(cls, value: object) -> object:
        return dict(map(_limit, filter(None, map(str.strip, value.split(","))))) if isinstance(value, str) else value

    @field_validator("tn_map_tiles_url")
    @classmethod
    def _has_one_host(cls, value: str) -> str:
        """The content security policy names the host, so it cannot have a part that changes ({s})."""
        places = re.findall(r"\{(.*?)\}", value)
        if value and not (_TILES.fullmatch(value) and {"x", "y", "z"} <= set(places) <= {"x", "y", "z", "r"}):
            raise ValueError(value)
        return value

    @field_validator("tn_site_url", mode="before")
    @classmethod
    def _no_final_slash(cls, value: object) -> object:
        return value.rstrip("/") if isinstance(value, str) else value


def _limit(text: str) -> tuple[str, tuple[int, int]]:
    """One limit of TN_LIMITS: "export.address=20/1m", or "tokens.person=20"."""
    found = _LIMIT.fullmatch(text)
    if found is None:
        raise ValueError(text)
    period = int(found["number"] or 1) * _SECONDS[found["unit"]] if found["unit"] else 0
    return found["name"], (int(found["count"]), period)


_LIMIT = re.compile(r"(?P<name>[a-z_.]+)=(?P<count>[1-9]\d{0,8})(/(?P<number>[1-9]\d{0,4})?(?P<unit>[smhd]))?")
_TILES = re.compile(r"https?://[A-Za-z0-9.-]+(:\d{1,5})?/\S+")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
_EXPECTED = {
    "allowed_hosts": "host names separated by commas",
    "database_url": "an address such as postgres://user:password@host:5432/name or sqlite:////path/to/file",
    "tn_map_tiles_url": "an address of one host such as https://tiles.example.vn/{z}/{x}/{y}.png, without {s}",
    "tn_mail_reply_domain": "a domain that receives mail, such as reply.dautu.example.vn",
    "tn_limits": "limits separated by commas, such as export.address=20/1m,tokens.person=20",
    "tn_trusted_proxies": "addresses or networks of proxies separated by commas, such as 10.0.0.5,172.31.255.0/24",
    "secret_key": "at least 32 random characters",
    "tn_security_contact": "an address such as mailto:security@dautu.example.vn or https://dautu.example.vn/vi/bao-mat/",
    "tn_search_prefix": "small letters, digits, hyphens and underscores, such as trong-ngay",
    "tn_site_url": "the public address without a path, such as https://dautu.example.vn",
}


_GONE = {
    "TN_BEHIND_PROXY": "set TN_TRUSTED_PROXIES to the addresses of the proxies instead, or to nothing without one.",
}


def read_environment() -> Environment:
    """Read and check the environment. Raises ImproperlyConfigured with a sentence for people."""
    env_file = _env_file()
    # The file's own names are checked too: a typing mistake there is as silent as one in the shell.
    names = [*os.environ, *_names_in(env_file)]
    complain_of_unknown_names(names)
    try:
        return Environment(_env_file=env_file)  # type: ignore[call-arg]
    except ValidationError as error:
        raise ImproperlyConfigured(" ".join(_sentences(error))) from None


def complain_of_unknown_names(names: Iterable[str]) -> None:
    """Refuse unknown `TN_*` names, with the name that was probably meant."""
    known = [name.upper() for name in Environment.model_fields]
    for name in names:
        upper = name.upper()
        if upper in _GONE:
            raise ImproperlyConfigured(f"The environment variable {name} is gone: {_GONE[upper]}")
        if upper.startswith("TN_") and upper not in known:
            near = difflib.get_close_matches(upper, known, n=1, cutoff=0.5)
            hint = f"did you mean {near[0]}?" if near else ".env.example lists all there are."
            raise ImproperlyConfigured(f"The environment variable {name} is unknown: {hint}")


def _env_file() -> Path | None:
    chosen = os.environ.get("TN_ENV_FILE")
    if chosen is None:
        return BASE_DIR / ".env"
    return Path(chosen) if chosen not in ("", os.devnull) else None


def _names_in(env_file: Path | None) -> list[str]:
    if env_file is None or not env_file.is_file():
        return []
    lines = (line.strip().removeprefix("export ") for line in env_file.read_text(encoding="utf-8").splitlines())
    return [line.partition("=")[0].strip() for line in lines if line and not line.startswith("#")]


def _sentences(error: ValidationError) -> list[str]:
    sentences = []
    for item in error.errors(include_url=False):
        field = str(item["loc"][0]) if item["loc"] else ""
        expected = _EXPECTED.get(field) or _expected_by_type(item)
        sentences.append(f"The environment variable {field.upper()} has a wrong value: expected {expected}.")
    return sentences


def _expected_by_type(item: object) -> str:
    kind, context = item["type"], item.get("ctx", {})  # type: ignore[index,attr-defined]
    if kind.startswith("bool"):
        return "true or false"
    if kind.startswith("float"):
        return "a number"
    if kind.startswith("int"):
        return "a whole number"
    if kind == "literal_error":
        return f"one of {context['expected']}"
    return str(item["msg"])[0].lower() + str(item["msg"])[1:]  # type: ignore[index]
