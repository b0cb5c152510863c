"""Writers take turns at SQLite: between processes, between connections, and however the holder ends."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, transaction

from core.sqlite3.base import DatabaseWrapper

pytestmark = pytest.mark.django_db  # connections of their own are opened, to a file of their own

# Holds a transaction until it is told to go on, or killed.
HOLDER = """
import sys
import django
from django.conf import settings
settings.configure(DATABASES={"default": {"ENGINE": "core.sqlite3", "NAME": sys.argv[1],
                                          "OPTIONS": {"transaction_mode": "IMMEDIATE"}}})
django.setup()
from django.db import connection, transaction
with transaction.atomic():
    connection.cursor().execute("INSERT INTO t VALUES (2)")
    print("holding", flush=True)
    sys.stdin.readline()
print("done", flush=True)
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "turns.sqlite3"
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE t (n)")
    database.close()
    return path


@pytest.fixture
def connect(file: Path) -> Iterator[Any]:
    opened = []

    def one(timeout: float = 5.0) -> DatabaseWrapper:
        settings = {
            "NAME": str(file), "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": timeout},
            "ATOMIC_REQUESTS": False,
            "AUTOCOMMIT": True, "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": False, "TIME_ZONE": None, "TEST": {},
        }  # fmt: skip
        wrapper = DatabaseWrapper(settings, "turns")
        opened.append(wrapper)
        return wrapper

    yield one
    for wrapper in opened:
        if wrapper.connection is not None:
            wrapper.connection.close()


@pytest.fixture
def holder(file: Path) -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.getcwd()},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "holding\n"
    yield process
    process.kill()
    process.wait()


def begin(wrapper: DatabaseWrapper) -> None:
    wrapper.ensure_connection()
    wrapper._start_transaction_under_autocommit()


def test_who_waits_too_long_is_told(connect: Any, holder: "subprocess.Popen[str]") -> None:
    began = time.monotonic()
    with pytest.raises(OperationalError, match="locked"):
        begin(connect(timeout=0.2))
    assert time.monotonic() - began >= 0.2


def test_a_writer_goes_on_when_the_other_is_done(connect: Any, holder: "subprocess.Popen[str]", file: Path) -> None:
    assert holder.stdin is not None
    holder.stdin.write("\n")
    holder.stdin.flush()
    waiting = connect()
    begin(waiting)
    waiting.connection.execute("INSERT INTO t VALUES (1)")
    waiting._commit()
    with sqlite3.connect(file) as database:
        assert sorted(database.execute("SELECT n FROM t").fetchall()) == [(1,), (2,)]
    database.close()


def test_a_killed_holder_leaves_no_lock(connect: Any, holder: "subprocess.Popen[str]", file: Path) -> None:
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    waiting = connect(timeout=1.0)
    begin(waiting)
    waiting._rollback()
    with sqlite3.connect(file) as database:
        assert database.execute("SELECT n FROM t").fetchall() == []
    database.close()


def test_commit_rollback_and_closing_end_the_turn(connect: Any) -> None:
    one, other = connect(), connect(timeout=0.05)
    for end in (one._commit, one._rollback, one._close):
        begin(one)
        with pytest.raises(OperationalError):
            begin(other)
        end()
        begin(other)
        other._rollback()


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_fails_leaves_the_way_free() -> None:
    for _ in range(2):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            1 / 0  # noqa: B018
    with transaction.atomic():
        pass


def test_json_is_written_as_it_reads(connect: Any) -> None:
    value = {"title": "Vướng mắc", "pairs": [["đất", 1.5]]}
    written = connect().ops.adapt_json_value(value, None)
    assert written == '{"title":"Vướng mắc","pairs":[["đất",1.5]]}'
    assert json.loads(written) == value
