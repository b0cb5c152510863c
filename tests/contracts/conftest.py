from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from core import clock
from issues.assignment import trained_vote
from tests.contracts.query_counts import QueryCounts
from tests.contracts.world import World, make_world
from tests.issues.conftest import MORNING, as_user, force

__all__ = ["as_user", "force"]  # fixtures


@pytest.fixture(scope="module")
def _world_of_the_module(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Made once, in a transaction around all tests of a module: each of them ends by going back to it."""
    with django_db_blocker.unblock(), transaction.atomic():
        with clock.at(MORNING):
            made = make_world()
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def world(_world_of_the_module: World, db: None) -> World:
    """The world of the contract tests, as of a Wednesday morning."""
    return _world_of_the_module


@pytest.fixture
def query_counts(db: None, request: pytest.FixtureRequest) -> QueryCounts:
    """The file of query counts; the text vote is trained already, as it is in a process that serves."""
    trained_vote.current_model()
    return QueryCounts(refresh=request.config.getoption("--refresh-query-counts"))
