"""Whether the product can serve. Apps add what they depend on with `register()`."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.migrations.executor import MigrationExecutor

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Check:
    """A question to something we depend on: it raises when the answer is no."""

    name: str
    ask: Callable[[], str | None]  # may return a remark
    required: bool


_checks: dict[str, Check] = {}


def register(name: str, ask: Callable[[], str | None], *, required: bool = True) -> None:
    """Have `/readyz` ask. Without something `required` the product is down, without the rest only degraded."""
    _checks[name] = Check(name, ask, required)


def readiness() -> tuple[str, dict[str, str]]:
    """("ok" | "degraded" | "down", what each check said). Reasons go to the log, not to the reader."""
    status, answers = "ok", {}
    for check in _checks.values():
        try:
            answers[check.name] = check.ask() or "ok"
        except Exception as error:
            log.warning("Not ready: %s: %s", check.name, error)
            answers[check.name] = "down"
            status = "down" if check.required else ("degraded" if status == "ok" else status)
    return status, answers


def database() -> None:
    """The database answers a query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


_migrated = False


def migrations() -> None:
    """No migration is waiting. Once true it stays true for this process: its code does not change."""
    global _migrated
    if _migrated:
        return
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        raise RuntimeError(f"{len(waiting)} migrations are waiting")
    _migrated = True


register("database", database)
register("migrations", migrations)
