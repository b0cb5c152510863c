"""SQLite in TN_VAR_DIR by default; PostgreSQL by DATABASE_URL. One set of code for both."""

from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from config.settings.paths import TN_VAR_DIR, env

CONNECTION_AGE = 600  # seconds
# IMMEDIATE: a transaction that will write takes its lock at the start, so that two writers queue instead of failing.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA busy_timeout=20000;"
        "PRAGMA cache_size=-20000;PRAGMA foreign_keys=ON;PRAGMA wal_autocheckpoint=4000;"
    ),
}


def database(url: str | None) -> dict[str, Any]:
    """The Django database for an address. Raises ImproperlyConfigured for engines that are not supported."""
    address = url or f"sqlite:///{TN_VAR_DIR / 'trong-ngay.sqlite3'}"
    try:
        # Requests run in a fixed pool of threads (config.asgi): each keeps its connection, and asks once a request
        # whether it is still good.
        chosen: dict[str, Any] = dict(
            dj_database_url.parse(address, conn_max_age=CONNECTION_AGE, conn_health_checks=True)
        )
    except (ValueError, KeyError):
        chosen = {}
    engine = str(chosen.get("ENGINE", ""))
    if engine.endswith("sqlite3"):
        chosen["OPTIONS"] = {**SQLITE_OPTIONS, **chosen.get("OPTIONS", {})}
    elif engine.endswith("postgresql"):
        chosen["OPTIONS"] = {"connect_timeout": 5, **chosen.get("OPTIONS", {})}
    else:
        raise ImproperlyConfigured(
            "The environment variable DATABASE_URL has a wrong value: expected an address such as "
            "postgres://user:password@host:5432/name or sqlite:////path/to/file."
        )
    return chosen


DATABASES = {"default": {**database(env.database_url), "ATOMIC_REQUESTS": False}}

__all__ = ["DATABASES"]
