"""What just happened: of the tickets that one sees as a colleague."""

from typing import Any

import pytest

from accounts import people
from accounts.models import Membership, Role
from issues.queries.happened import recent_events
from tests.issues.conftest import TaskForce


def test_the_newest_first_with_the_number_of_the_ticket(force: TaskForce) -> None:
    ticket = force.accepted()
    found = recent_events(people.of(force.leader), limit=2)
    assert [row.event.type for row in found] == ["ticket.accepted", "ticket.routed"]
    assert str(ticket.code).endswith(f"-{found[0].number}")


def test_an_officer_reads_of_the_tickets_of_the_own_agency(force: TaskForce) -> None:
    force.accepted()
    assert recent_events(people.of(force.officer))
    assert recent_events(people.of(force.finance_officer)) == []


def test_own_proposals_are_left_out(force: TaskForce) -> None:
    ticket = force.accepted()
    Membership.objects.create(user=force.leader, role=Role.ENTERPRISE, enterprise=ticket.enterprise)
    assert recent_events(people.of(force.leader)) == []


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("who", ["officer", "leader"])
def test_queries(force: TaskForce, django_assert_num_queries: Any, who: str, number: int) -> None:
    for _ in range(number):
        force.accepted()
    person = people.of(getattr(force, who))
    with django_assert_num_queries(2):
        recent_events(person, limit=100)
