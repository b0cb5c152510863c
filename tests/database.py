"""Databases for tests: made once as a template, copied for each process, restored after a test that commits.

The template has what migrations create and what every installation begins with: the rules, thousands of terms, the
first pages. Its key is a hash of the migrations and of what fills it, so a session starts in about
two seconds while they stay the same.
Restoring copies the template instead of deleting rows: what migrations created comes back (Wagtail's root page,
locales, office hours), and the triggers that protect the event log have nothing to refuse.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Protocol

import psycopg
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from psycopg import sql

from cms.setup import setup_site
from issues.assignment.default_rules import load_routing
from search.engines.sqlite_fts import SqliteEngine
from search.models import PendingChange
from tests.settings import TEST_DIR

ROOT = Path(__file__).resolve().parents[1]
# Files and folders that decide what `_fill` writes.
FILLED_FROM = (
    "issues/routing/data", "issues/routing/defaults.py", "issues/assignment/default_rules.py", "cms/setup.py",
    "cms/starter", "search/words", "search/engines/sqlite_schema.py", "tests/database.py",
)  # fmt: skip


class TestDatabase(Protocol):
    def create(self) -> None:
        """Make this process's own copy of the template, making the template first where it is missing."""

    def restore(self) -> None:
        """Bring the copy back to the template's state, even while others are connected."""

    def drop(self) -> None:
        """Remove the copy."""


def own_database() -> TestDatabase:
    """The database of this process for the engine in use."""
    key = template_key()
    return SQLiteCopy(key) if connection.vendor == "sqlite" else PostgreSQLCopy(key)


def migrated_file() -> Path | None:
    """The template as a file, once a test of this process has used the database; None on PostgreSQL."""
    return SQLiteCopy(template_key()).pristine if connection.vendor == "sqlite" else None


def template_key() -> str:
    """A hash of every migration there is (ours by content, those of packages by their locked versions) and of what
    fills the template after them."""
    result = hashlib.sha256((ROOT / "requirements.lock").read_bytes())
    for config in sorted(apps.get_app_configs(), key=lambda config: config.label):
        if Path(config.path).is_relative_to(ROOT) and ".venv" not in Path(config.path).parts:
            for file in sorted(Path(config.path).glob("migrations/*.py")):
                result.update(f"{config.label}/{file.name}".encode() + file.read_bytes())
    for source in FILLED_FROM:
        for file in sorted(path for path in (ROOT / source, *(ROOT / source).rglob("*")) if path.is_file()):
            if file.suffix != ".pyc":
                result.update(str(file.relative_to(ROOT)).encode() + file.read_bytes())
    return result.hexdigest()[:16]


def _fill() -> None:
    call_command("migrate", verbosity=0, interactive=False)
    load_routing()
    setup_site()
    if connection.vendor == "sqlite":
        SqliteEngine().start_rebuild().finish()  # empty: nobody searches for the first pages
    PendingChange.objects.all().delete()
    connection.close()


def _use(name: str) -> None:
    connections.close_all()
    settings.DATABASES["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Of several test processes one makes the template; the others wait and find it."""
    TEST_DIR.mkdir(parents=True, exist_ok=True)
    with (TEST_DIR / "template.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


class SQLiteCopy:
    def __init__(self, key: str) -> None:
        self.template = TEST_DIR / f"template-{key}.sqlite3"
        # Its own copy: another session may have other migrations and clear the template away.
        self.pristine = settings.TN_VAR_DIR / "pristine.sqlite3"
        self.file = settings.TN_VAR_DIR / "test.sqlite3"

    def create(self) -> None:
        with _one_at_a_time():
            if not self.template.exists():
                self._make_template()
            shutil.copyfile(self.template, self.pristine)
        self.restore()
        _use(str(self.file))

    def _make_template(self) -> None:
        for old in TEST_DIR.glob("template-*.sqlite3*"):
            old.unlink()
        partial = self.template.with_suffix(".partial")
        partial.unlink(missing_ok=True)
        _use(str(partial))
        _fill()
        with closing(sqlite3.connect(partial)) as database:
            database.execute("PRAGMA journal_mode=DELETE")
        partial.rename(self.template)

    def restore(self) -> None:
        # SQLite's own copying takes the locks, so that connections of other threads stay good.
        with (
            closing(sqlite3.connect(f"file:{self.pristine}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(self.file, timeout=20)) as target,
        ):
            source.backup(target)

    def drop(self) -> None:
        connections.close_all()
        for file in self.file.parent.glob(f"{self.file.name}*"):
            file.unlink()


class PostgreSQLCopy:
    def __init__(self, key: str) -> None:
        self.parameters = connection.get_connection_params()
        self.template = f"tn_template_{key}"
        self.name = f"tn_test_{os.getpid()}"

    def _server(self) -> psycopg.Connection:
        given = {
            name: self.parameters[name] for name in ("host", "port", "user", "password") if name in self.parameters
        }
        return psycopg.connect(**given, dbname="postgres", autocommit=True)

    def _execute(self, statement: str, *names: str) -> None:
        with self._server() as server:
            server.execute(sql.SQL(statement).format(*(sql.Identifier(name) for name in names)))

    def _template_exists(self) -> bool:
        question = "SELECT 1 FROM pg_database WHERE datname = %s"
        with self._server() as server:
            return server.execute(question, [self.template]).fetchone() is not None

    def create(self) -> None:
        with _one_at_a_time():
            if not self._template_exists():
                self._make_template()
        self._copy()
        _use(self.name)

    def _make_template(self) -> None:
        partial = f"{self.template}_partial"
        self._execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", partial)
        self._execute("CREATE DATABASE {}", partial)
        _use(partial)
        _fill()
        self._execute("ALTER DATABASE {} RENAME TO {}", partial, self.template)

    def _copy(self) -> None:
        self._execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name)
        # FILE_COPY would force a checkpoint; WAL_LOG is the quick way for a small database
        self._execute("CREATE DATABASE {} TEMPLATE {} STRATEGY wal_log", self.name, self.template)

    def restore(self) -> None:
        connections.close_all()
        self._copy()

    def drop(self) -> None:
        connections.close_all()
        self._execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name)
