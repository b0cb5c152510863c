"""The engine in use: SQLite's own where SQLite is the database; elsewhere none, and lists come from the database."""

from django.db import DEFAULT_DB_ALIAS, connections

from search.engines.base import Engine
from search.engines.sqlite_fts import SqliteEngine


def current() -> Engine | None:
    """The engine in use, or None where there is none."""
    if connections[DEFAULT_DB_ALIAS].vendor == "sqlite":
        return SqliteEngine()
    return None
