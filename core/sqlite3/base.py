"""SQLite where writers of several processes take turns without oversleeping.

Who finds the database locked sleeps in SQLite for 1, 2, 5, 10 … 100 ms before it looks again, while a transaction here
takes two: with a handful of writers a third of the machine's time is slept away. So a transaction first takes a lock
on a file beside the database, looking every fraction of a millisecond, and finds the database free. The lock goes with
the process that holds it, however it ends. Writers that know nothing of the file still meet SQLite's own lock.
"""

import fcntl
import json
import os
import time
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.backends.sqlite3.operations import DatabaseOperations
from django.db.utils import OperationalError

_SHORTEST, _LONGEST = 0.0002, 0.002  # seconds between two looks
_DEFAULT_TIMEOUT = 5.0  # seconds, as in the module sqlite3


_AS_IT_READS: Any = {"ensure_ascii": False, "separators": (",", ":")}
_PLAIN = json.JSONEncoder(**_AS_IT_READS)


@lru_cache(maxsize=1_000)
def _with_question_marks(query: str) -> str:
    return str(base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%"))


class Cursor(base.SQLiteCursorWrapper):
    """Remembers how the placeholders of a statement are written for SQLite: a product asks the same few hundred."""

    def convert_query(self, query: str, *, param_names: Any = None) -> str:
        if param_names is None:
            return _with_question_marks(query)
        return str(super().convert_query(query, param_names=param_names))  # type: ignore[misc]


class Operations(DatabaseOperations):
    """Writes JSON as it reads: a letter of Vietnamese takes two or three bytes, and six where it is escaped."""

    def adapt_json_value(self, value: Any, encoder: type[json.JSONEncoder] | None) -> str:
        return _PLAIN.encode(value) if encoder is None else encoder(**_AS_IT_READS).encode(value)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose transactions take turns with those of other connections and processes."""

    ops_class = Operations

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._turn: int | None = None  # the open file, once there was a transaction
        self._has_turn = False

    def create_cursor(self, name: str | None = None) -> "Cursor":
        return self.connection.cursor(factory=Cursor)

    def fetch(self, query: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """All rows of a statement, without what Django's cursors do for those who watch statements (`is_watched`)."""
        self.ensure_connection()
        self.validate_no_broken_transaction()
        with self.wrap_database_errors:
            found: list[tuple[Any, ...]] = self.connection.execute(_with_question_marks(query), values).fetchall()
        return found

    @property
    def is_watched(self) -> bool:
        """Whether somebody logs, counts or wraps the statements of this connection."""
        return bool(self.execute_wrappers) or self.queries_logged

    def _start_transaction_under_autocommit(self) -> None:
        self._take_turn()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._end_turn()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        self._end_turn()  # after a commit that fails comes a rollback

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._end_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._end_turn()
            if self._turn is not None:
                os.close(self._turn)
                self._turn = None

    def _take_turn(self) -> None:
        """Wait until no other transaction runs; OperationalError after the `timeout` of the database's options."""
        if self.is_in_memory_db():
            return
        if self._turn is None:
            self._turn = os.open(f"{self.settings_dict['NAME']}-turn", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        end = time.monotonic() + float(self.settings_dict["OPTIONS"].get("timeout", _DEFAULT_TIMEOUT))
        pause = _SHORTEST
        while not _locked(self._turn):
            if time.monotonic() > end:
                raise OperationalError("database is locked")
            time.sleep(pause)
            pause = min(pause * 1.5, _LONGEST)
        self._has_turn = True

    def _end_turn(self) -> None:
        if self._has_turn and self._turn is not None:
            fcntl.flock(self._turn, fcntl.LOCK_UN)
        self._has_turn = False


def _locked(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
