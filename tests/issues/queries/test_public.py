"""Numbers that everybody may read."""

from datetime import datetime, timedelta
from typing import Any

from core import clock
from issues.actions import resolving
from issues.actor import Actor
from issues.models import Ticket
from issues.queries.public import home_numbers
from tests.issues.conftest import TaskForce, at


def answer(force: TaskForce, moment: datetime, *, filed: str = "2026-11-18 09:00", **fields: Any) -> Ticket:
    ticket = force.accepted(at(filed), **fields)
    with clock.at(moment):
        return resolving.resolve(ticket=ticket, actor=Actor.of(force.officer), answer="Xong.", kind="solved")


def act(moment: str, action: Any, user: Any, **fields: Any) -> Any:
    with clock.at(at(moment)):
        return action(actor=Actor.of(user), **fields)


def test_numbers_of_the_home_page(force: TaskForce) -> None:
    answer(force, at("2026-11-18 10:00"))
    force.accepted(at("2026-11-17 09:00"))
    waiting = force.accepted(at("2026-11-18 09:00"))
    act("2026-11-18 09:30", resolving.request_info, force.officer, ticket=waiting, question="?")
    found = home_numbers(at("2026-11-18 11:00"))
    assert (found.received_today, found.answered_today, found.in_time_today) == (2, 1, 1)
    assert (found.open, found.waiting_for_enterprise, found.overdue) == (2, 1, 1)
    assert home_numbers(at("2026-11-18 11:00") - timedelta(days=1)).received_today == 1
