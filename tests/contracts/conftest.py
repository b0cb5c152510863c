import pytest

from core import clock
from issues.assignment import trained_vote
from tests.contracts.query_counts import QueryCounts
from tests.contracts.world import World, make_world
from tests.issues.conftest import MORNING, as_user, force

__all__ = ["as_user", "force"]  # fixtures


@pytest.fixture
def world(db: None) -> World:
    """The world of the contract tests, as of a Wednesday morning."""
    with clock.at(MORNING):
        return make_world()


@pytest.fixture
def query_counts(db: None, request: pytest.FixtureRequest) -> QueryCounts:
    """The file of query counts; the text vote is trained already, as it is in a process that serves."""
    trained_vote.current_model()
    return QueryCounts(refresh=request.config.getoption("--refresh-query-counts"))
