import pytest

from core import clock
from tests.contracts.world import World, make_world
from tests.issues.conftest import MORNING, as_user, force

__all__ = ["as_user", "force"]  # fixtures


@pytest.fixture
def world(db: None) -> World:
    """The world of the contract tests, as of a Wednesday morning."""
    with clock.at(MORNING):
        return make_world()
