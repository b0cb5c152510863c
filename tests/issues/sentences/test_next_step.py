"""What an open ticket waits for, in words."""

import pytest
from django.utils import translation

from core import clock
from issues.actions import consultations, enterprise, resolving
from issues.actor import Actor
from issues.sentences.next_step import next_step
from tests.factories.issues import make_ticket
from tests.issues.conftest import TaskForce

pytestmark = pytest.mark.usefixtures("half_past_nine")


def test_each_state_says_who_is_to_act(force: TaskForce) -> None:
    officer, filer = Actor.of(force.officer), Actor.of(force.filer)
    asked = resolving.request_info(ticket=force.accepted(), actor=officer, question="?")
    answered = resolving.resolve(ticket=force.accepted(), actor=officer, answer="Được.", kind="solved")
    over = enterprise.withdraw(ticket=force.accepted(), actor=filer)
    with translation.override("en"):
        said = [
            next_step(ticket, now=clock.now())
            for ticket in (make_ticket(), force.file(), force.accepted(), asked, answered, over)
        ]
    assert said == [
        "a coordinator to choose the agency",
        "Department of Construction to accept it",
        "the answer of Department of Construction",
        "the enterprise to answer the question",
        "the enterprise to confirm, until 17:30 Thu 26 Nov",
        "",
    ]


def test_open_opinions_come_before_the_answer(force: TaskForce) -> None:
    ticket, officer = force.accepted(), Actor.of(force.officer)
    agencies = ["STC", "STP"]
    asked = consultations.request_consultations(ticket=ticket, actor=officer, agencies=agencies, question="?")
    consultations.answer_consultation(consultation=asked[0], actor=Actor.of(force.finance_officer), answer="Được")
    with translation.override("en"):
        said = next_step(ticket, now=clock.now())
    assert said.startswith("the opinion of Department of Justice, due ")
