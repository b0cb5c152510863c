"""How the search is: for /readyz and /metrics. Lists work without it, so the product is ready all the same."""

from __future__ import annotations

from dataclasses import replace

from core import health as readiness
from core import metrics
from search import engines, sync
from search.engines.base import EngineUnavailable, Health


def health() -> Health | None:
    """The engine in use with the lag of its index; None where lists come from the database by choice. Never raises for
    a broken engine."""
    engine = engines.current()
    if engine is None:
        return None
    behind = sync.lag()
    return replace(engine.health(), waiting=behind.waiting, lag_seconds=behind.seconds)


def ready() -> str:
    """A remark for /readyz; raises EngineUnavailable when lists come from the database although there is an engine."""
    found = health()
    if found is None:
        return "ok, from the database"
    if not found.ok:
        raise EngineUnavailable(found.problem)
    if found.stale:
        return f"{found.name}, to be rebuilt: {found.problem}"
    behind = f", {found.waiting} changes wait, the oldest for {found.lag_seconds:.0f} s" if found.waiting else ""
    return f"ok, {found.name}, {found.documents} documents{behind}"


def register() -> None:
    """Have /readyz ask, and show the numbers at /metrics."""
    readiness.register("search", ready, required=False)
    metrics.gauge("search_documents", "Documents of the index, if the engine answers", _documents, label="engine")
    metrics.gauge("search_up", "Whether the search engine answers", _up, label="engine")
    metrics.gauge("search_changes_waiting", "Changes that are not in the index yet", lambda: sync.lag().waiting)
    metrics.gauge("search_lag_seconds", "How long the oldest of them waits", lambda: sync.lag().seconds)


def _documents() -> dict[str, float]:
    found = health()
    return {found.name: found.documents} if found and found.ok else {}


def _up() -> dict[str, float]:
    found = health()
    return {found.name: float(found.ok)} if found else {}
