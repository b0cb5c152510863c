"""What comes next, in a row of a list."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from core import clock
from issues.actions import consultations, extensions, resolving
from issues.actor import Actor
from tests.issues.conftest import TaskForce, at

SignIn = Callable[[User], Client]
BOARD = "/en/board/"
pytestmark = pytest.mark.usefixtures("half_past_nine")


def do(moment: str, action: Any, user: User, **fields: Any) -> Any:
    with clock.at(at(f"2026-11-18 {moment}")):
        return action(actor=Actor.of(user), **fields)


class TestNextStep:
    def step(self, force: TaskForce, as_user: SignIn) -> str:
        board = as_user(force.coordinator).get(BOARD).context["board"]
        return str(board.sections[0].rows[0].step.text)

    def test_waits_for_acceptance(self, force: TaskForce, as_user: SignIn) -> None:
        force.file(at("2026-11-18 09:20"))
        assert self.step(force, as_user) == "Accept before 09:50"

    def test_waits_for_a_first_response(self, force: TaskForce, as_user: SignIn) -> None:
        force.accepted()
        assert self.step(force, as_user) == "First response before 10:00"

    def test_waits_for_opinions(self, force: TaskForce, as_user: SignIn) -> None:
        ticket = force.accepted()
        asked = do(
            "09:10", consultations.request_consultation, force.officer, ticket=ticket, agency="STC", question="?"
        )
        do("09:10", consultations.request_consultation, force.officer, ticket=ticket, agency="STP", question="?")
        do("09:20", consultations.answer_consultation, force.finance_officer, consultation=asked, answer="Được")
        assert self.step(force, as_user).startswith("Opinions: 1 of 2, waits for STP ")

    def test_stands_still(self, force: TaskForce, as_user: SignIn) -> None:
        do("09:15", resolving.request_info, force.officer, ticket=force.accepted(), question="?")
        assert self.step(force, as_user) == "Paused since 09:15"

    def test_an_extension_is_asked_for(self, force: TaskForce, as_user: SignIn) -> None:
        ticket = force.accepted()
        do("09:15", extensions.request_extension, force.officer, ticket=ticket, working_days=3, reason="?")
        assert self.step(force, as_user) == "Asked for more time"
