"""What every test shares: a database from a template, recorded jobs, skipping what this machine cannot do."""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.db.models import Count, Max, Sum
from django.test import Client, TransactionTestCase
from django.utils import translation

from deploy.prepare import compile_messages
from issues import routing
from issues.assignment import trained_vote
from issues.models import CategoryTerm
from tests import database, jobs

_MOST_KEPT = 20
SERVERS = ("DATABASE_URL", "REDIS_URL", "ELASTICSEARCH_URL")


def pytest_configure(config: pytest.Config) -> None:
    """The texts as they are now: compiled once, before the processes of xdist begin."""
    if not hasattr(config, "workerinput"):
        compile_messages()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--refresh-query-counts", action="store_true", help="write tests/query_counts.json as found now")


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    """This process's copy of the migrated template. Tests that commit get it restored afterwards."""
    own = database.own_database()
    with django_db_blocker.unblock():
        own.create()
    patch = pytest.MonkeyPatch()
    patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _test: own.restore())
    yield
    patch.undo()
    with django_db_blocker.unblock():
        own.drop()


@pytest.fixture(autouse=True)
def run_jobs(monkeypatch: pytest.MonkeyPatch) -> Iterator[jobs.RecordedJobs]:
    """Calls of Celery tasks, recorded. `run_jobs()` runs them; `run_jobs.names` tells which there were."""
    yield from jobs.recorded(monkeypatch)


@pytest.fixture
def scrape(settings: Any) -> Callable[[], str]:
    """What a monitor with the token reads at /metrics."""
    settings.TN_METRICS_TOKEN = "only-for-tests"
    headers = {"Authorization": "Bearer only-for-tests"}
    return lambda: Client().get("/metrics", headers=headers).content.decode()


@pytest.fixture(scope="session", autouse=True)
def _train_the_same_once() -> Iterator[None]:
    """Half of all tests file something: reading the terms takes 8 ms, training a quarter of a second. Terms are read
    again when the facts have changed that the vote itself goes by; a vote trained from the same is the same."""
    terms: dict[Any, Sequence[routing.Term]] = {}
    trained: dict[Any, routing.Model] = {}
    read, train = trained_vote.read_terms, routing.Model.train

    def read_once() -> Sequence[routing.Term]:
        facts = CategoryTerm.objects.aggregate(n=Count("pk"), last=Max("changed_at"), sum=Sum("weight"))
        return _remembered(terms, tuple(facts.values()), read)

    def train_once(examples: Any, given: Any, *more: Any) -> routing.Model:
        same = next((facts for facts, rows in terms.items() if rows is given), tuple(given))
        return _remembered(trained, (tuple(examples), same, *more), lambda: train(examples, given, *more))

    patch = pytest.MonkeyPatch()
    patch.setattr(trained_vote, "read_terms", read_once)
    patch.setattr(routing.Model, "train", train_once)
    yield
    patch.undo()


def _remembered(kept: dict[Any, Any], key: Any, make: Callable[[], Any]) -> Any:
    if key not in kept:
        if len(kept) >= _MOST_KEPT:
            kept.clear()
        kept[key] = make()
    return kept[key]


@pytest.fixture(autouse=True)
def _no_memory_between_tests() -> Iterator[None]:
    yield
    translation.deactivate()  # a request leaves its language with the thread
    caches["default"].clear()  # rate limits
    caches["process"].clear()  # small tables
    trained_vote.forget_model()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """The test before may have had its connection taken away on purpose: this one begins with a good one."""
    if connection.connection is not None and not connection.in_atomic_block and not connection.is_usable():
        connection.close()


def _slow_ones_first(item: pytest.Item) -> int:
    """Modules of many seconds begin early: at the end they would keep one process busy and leave the other idle."""
    path = item.path.relative_to(Path(__file__).parent)
    is_slow = path.parts[0] in ("e2e", "faults") or {"live", "simulation"} & set(path.parts)
    return 0 if is_slow or path.name == "test_load_demo.py" else 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=_slow_ones_first)
    no_servers = pytest.mark.skip(reason=f"none of {', '.join(SERVERS)} is set")
    no_browser = pytest.mark.skip(reason="no Chromium on this machine: apt-get install chromium")
    for item in items:
        if item.get_closest_marker("servers") and not any(os.environ.get(name) for name in SERVERS):
            item.add_marker(no_servers)
        if item.get_closest_marker("browser") and not shutil.which("chromium"):
            item.add_marker(no_browser)
