"""Nobody says anything to an answer."""

import pytest

from core import clock
from core.errors import NotPossible
from issues.actions import enterprise, resolving
from tests.issues.actions.steps import do
from tests.issues.conftest import TaskForce, at


def test_silence_closes_as_unconfirmed_after_five_working_days(force: TaskForce) -> None:
    ticket = force.accepted()
    ticket = do("11:00", resolving.resolve, force.officer, ticket=ticket, answer="x", kind="solved")
    with clock.at(at("2026-11-26 17:29")), pytest.raises(NotPossible):
        enterprise.close_unconfirmed(ticket=ticket)
    with clock.at(at("2026-11-26 17:30")):
        closed = enterprise.close_unconfirmed(ticket=ticket)
    assert (closed.status, closed.confirmed) == ("closed", False)
