"""How many queries every page and every call takes, in one file: a change of a cost is a change that review sees.

`bin/test tests/contracts --refresh-query-counts` writes what is found now, once for each engine (with and without
DATABASE_URL). Every request is counted as a process that has just started would answer it, so that no figure depends
on the requests before. A figure that differs between the engines stands once for each of them.
"""

import fcntl
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.settings import TEST_DIR

T = TypeVar("T")
FILE = Path(__file__).resolve().parents[1] / "query_counts.json"
HOW_TO = "tests/query_counts.json says otherwise: if that is meant, bin/test tests/contracts --refresh-query-counts"
_LOCK = "pg_advisory_xact_lock"  # one more for every event that is written, on PostgreSQL alone
_Counts = Sequence[int]


def counted(request: Callable[[], T]) -> tuple[T, int]:
    """The answer to a request, and how many queries it took with nothing remembered."""
    for name in settings.CACHES:
        caches[name].clear()
    ContentType.objects.clear_cache()
    with CaptureQueriesContext(connection) as queries:
        answer = request()
    return answer, sum(_LOCK not in query["sql"] for query in queries)


class QueryCounts:
    """The file. `check` compares; with `refresh` it writes instead."""

    def __init__(self, *, refresh: bool) -> None:
        self._refresh = refresh

    def check(self, section: str, people: Sequence[str], found: Mapping[str, _Counts]) -> None:
        """`found`: by page or call, the number of queries for each of the people."""
        if self._refresh:
            _write(section, people, found)
        kept = _read()[section]
        assert kept["people"] == list(people), HOW_TO
        differences = [
            f"{name}: {_of_engine(kept['queries'].get(name))} in the file, {list(counts)} now"
            for name, counts in found.items()
            if _of_engine(kept["queries"].get(name)) != list(counts)
        ]
        assert not differences, "\n".join([*differences, HOW_TO])

    def check_names(self, section: str, names: Sequence[str]) -> None:
        """Nothing is in the file that is gone, and nothing is missing."""
        if self._refresh:
            _prune(section, names)
        else:
            assert sorted(_read()[section]["queries"]) == sorted(names), HOW_TO


def _of_engine(value: Any) -> list[int] | None:
    found: list[int] | None = value[connection.vendor] if isinstance(value, dict) else value
    return found


def _merged(old: Any, new: list[int]) -> Any:
    """The figures of both engines after one of them was counted; one list where they agree."""
    other = "postgresql" if connection.vendor == "sqlite" else "sqlite"
    if isinstance(old, dict):
        return new if old.get(other) in (None, new) else {**old, connection.vendor: new}
    if old is None or connection.vendor == "sqlite" or old == new:
        return new  # SQLite is counted first, and what changes there is taken to change everywhere
    return {connection.vendor: new, other: old}


def _read() -> dict[str, Any]:
    return dict(json.loads(FILE.read_text(encoding="utf-8"))) if FILE.exists() else {}


def _change(change: Callable[[dict[str, Any]], None]) -> None:
    """Several test processes write their part one after the other."""
    TEST_DIR.mkdir(parents=True, exist_ok=True)
    with (TEST_DIR / "query-counts.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        content = _read()
        change(content)
        FILE.write_text(_text(content), encoding="utf-8")


def _write(section: str, people: Sequence[str], found: Mapping[str, _Counts]) -> None:
    def change(content: dict[str, Any]) -> None:
        part = content.setdefault(section, {"queries": {}})
        part["people"] = list(people)
        for name, counts in found.items():
            part["queries"][name] = _merged(part["queries"].get(name), list(counts))

    _change(change)


def _prune(section: str, names: Sequence[str]) -> None:
    def change(content: dict[str, Any]) -> None:
        queries = content.setdefault(section, {"people": [], "queries": {}})["queries"]
        for name in set(queries) - set(names):
            del queries[name]

    _change(change)


def _text(content: dict[str, Any]) -> str:
    """JSON with one line for each page or call, in the order of their names."""
    parts = []
    for section, part in sorted(content.items()):
        rows = [f"{json.dumps(name)}: {json.dumps(counts)}" for name, counts in sorted(part["queries"].items())]
        lines = [f'"people": {json.dumps(part["people"])},', '"queries": {', *_with_commas(rows, "  "), "}"]
        parts.append("\n".join([f"  {json.dumps(section)}: {{", *(f"    {line}" for line in lines), "  }"]))
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _with_commas(rows: list[str], indent: str) -> list[str]:
    return [indent + row + ("," if row is not rows[-1] else "") for row in rows]
