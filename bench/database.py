"""A database to throw away on the server of DATABASE_URL, for both sides of a comparison."""

import itertools
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

_numbers = itertools.count(1)  # one process compares ours with ours, too


def server() -> str:
    """The address that DATABASE_URL names; empty: SQLite is measured."""
    return os.environ.get("DATABASE_URL", "")


def engine() -> str:
    """The name of what is measured."""
    return "postgresql" if server() else "sqlite"


@contextmanager
def throwaway(name: str) -> Iterator[str]:
    """The address of an empty database that is gone afterwards; empty where there is no server."""
    address = server()
    if not address:
        yield ""
        return
    name = f"tn_bench_{name}_{os.getpid()}_{next(_numbers)}"
    on_server(f"CREATE DATABASE {name}")
    try:
        yield urlunsplit(urlsplit(address)._replace(path=f"/{name}"))
    finally:
        on_server(f"DROP DATABASE {name} WITH (FORCE)")


def on_server(statement: str) -> None:
    """Run one statement in the server's own database."""
    with psycopg.connect(_own(server()), autocommit=True) as line:
        line.execute(statement)


def pid_of_server() -> int | None:
    """The process of a PostgreSQL on this machine, for its processor time; None where there is none."""
    if not server():
        return None
    with psycopg.connect(_own(server())) as line:
        row = line.execute("SELECT setting FROM pg_settings WHERE name = 'data_directory'").fetchone()
    file = Path(row[0] if row else "") / "postmaster.pid"
    return int(file.read_text().splitlines()[0]) if file.exists() else None


def _own(address: str) -> str:
    return urlunsplit(urlsplit(address)._replace(path="/postgres"))
