"""A declared command: whether it is possible now, and by which right."""

import pytest

from core.errors import NotPossible
from issues.commands.command import Command
from issues.commands.table import TRANSITIONS, available_transitions
from issues.models import TicketStatus
from tests.factories.issues import make_ticket
from tests.issues.conftest import TaskForce

pytestmark = pytest.mark.django_db


def is_refused(command: Command, status: str) -> bool:
    try:
        command.check(make_ticket(status=status))
    except NotPossible:
        return True
    return False


@pytest.mark.parametrize("name", TRANSITIONS)
def test_what_is_possible_is_what_is_not_refused(name: str) -> None:
    command = TRANSITIONS[name]
    possible = {status for status in TicketStatus.values if command.is_possible(make_ticket(status=status))}
    assert possible == {status for status in TicketStatus.values if not is_refused(command, status)}


def test_only_what_one_may_is_offered(force: TaskForce) -> None:
    ticket = force.accepted()
    people = ("officer", "filer", "leader")
    offered = {who: available_transitions(ticket, getattr(force, who)) for who in people}
    assert offered == {"officer": ["request_info", "return", "resolve"], "filer": ["withdraw"], "leader": []}
