"""What the text vote learns from tickets, without a restart and without making anybody wait."""

import time
from typing import Any

import pytest

from core import clock
from core.errors import NotAllowed
from issues.actions import resolving, routing, routing_rules
from issues.actor import Actor
from issues.assignment import trained_vote
from issues.models import Ticket
from tests.issues.conftest import MORNING, TaskForce, make_task_force

WORDS = "Quầy lưu niệm gốm Bát Tràng xoay lò nung"


def answered(force: TaskForce, **fields: Any) -> Ticket:
    with clock.at(MORNING):
        ticket = force.accepted(**fields)
        return resolving.resolve(ticket=ticket, actor=Actor.of(force.officer), answer="Yes.", kind="solved")


def taught() -> set[str]:
    return {
        example.id
        for example in trained_vote._train(trained_vote.what_is_known())._examples.rows
        if example.id.startswith("KN-")
    }


def test_an_answered_ticket_teaches(force: TaskForce) -> None:
    filed, done = force.file(), answered(force)
    assert taught() == {done.code}
    assert filed.code not in taught()


def test_a_returned_ticket_teaches_only_once_its_category_is_named(force: TaskForce) -> None:
    coordinator = Actor.of(force.coordinator)
    with clock.at(MORNING):
        ticket = resolving.return_ticket(
            ticket=force.file(), actor=Actor.of(force.officer), agency="STC", legal_basis="Law", reason="No."
        )
        ticket = routing.route(ticket=ticket, actor=coordinator, lead_agency="STC", reason="x")
        assert taught() == set()
        routing.route(ticket=ticket, actor=coordinator, lead_agency="STC", reason="x", category="credit")
    assert taught() == {ticket.code}


def test_a_corrected_category_moves_the_vote_for_the_next_like_it(force: TaskForce) -> None:
    trained_vote.forget_model()
    text = f"{WORDS}\nXin hướng dẫn."
    assert trained_vote.current_model().score(text)[0].code != "planning"
    for _ in range(2):
        ticket = force.file(title=WORDS, body="Xin hướng dẫn.", category="construction")
        routing.route(
            ticket=ticket, actor=Actor.of(force.coordinator), lead_agency="STC", reason="x", category="planning"
        )
    trained_vote.forget_model()
    best = trained_vote.current_model().score(text)[0]
    assert best.code == "planning"
    assert {code for code, _ in best.similar} <= set(Ticket.objects.values_list("code", flat=True))
    assert best.similar


def test_leaving_a_ticket_out_unteaches_it_and_can_be_undone(force: TaskForce) -> None:
    done = answered(force)
    known = trained_vote.what_is_known()
    coordinator = Actor.of(force.coordinator)
    routing_rules.learn_not(actor=coordinator, ticket=done, reason="Wrong category.")
    assert trained_vote.what_is_known() != known
    assert taught() == set()
    routing_rules.learn_again(actor=coordinator, ticket=done)
    assert taught() == {done.code}
    with pytest.raises(NotAllowed):
        routing_rules.learn_not(actor=Actor.of(force.officer), ticket=done)


def test_nothing_is_trained_inside_a_transaction(force: TaskForce, monkeypatch: pytest.MonkeyPatch) -> None:
    trained_vote.forget_model()
    before = trained_vote.current_model()
    monkeypatch.setattr(trained_vote, "LOOK_EVERY", 0.0)
    answered(force)
    assert trained_vote.current_model() is before  # tests run inside one


@pytest.mark.django_db(transaction=True)
def test_a_caller_gets_the_old_model_while_a_thread_trains(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.VOTE_TRAINS_BESIDE = True
    monkeypatch.setattr(trained_vote, "LOOK_EVERY", 0.0)
    monkeypatch.setattr(trained_vote, "TRAIN_EVERY", 0.0)
    force = make_task_force()
    trained_vote.forget_model()
    before = trained_vote.current_model()
    done = answered(force)
    started = time.perf_counter()
    assert trained_vote.current_model() is before
    assert time.perf_counter() - started < 1
    training = trained_vote._kept.training
    assert training is not None
    training.join(timeout=30)
    after = trained_vote.current_model()
    assert after.version != before.version
    assert done.code in {example.id for example in after._examples.rows}
    settled = trained_vote._kept.training
    trained_vote.current_model()
    assert trained_vote._kept.training is settled  # nothing has changed since: nothing is trained


@pytest.mark.django_db(transaction=True)
def test_a_training_that_fails_leaves_the_old_model(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.VOTE_TRAINS_BESIDE = True
    monkeypatch.setattr(trained_vote, "LOOK_EVERY", 0.0)
    monkeypatch.setattr(trained_vote, "TRAIN_EVERY", 0.0)
    force = make_task_force()
    trained_vote.forget_model()
    before = trained_vote.current_model()
    answered(force)
    monkeypatch.setattr(trained_vote, "_train", lambda known: 1 / 0)
    trained_vote.current_model()
    assert trained_vote._kept.training is not None
    trained_vote._kept.training.join(timeout=30)
    assert trained_vote.current_model() is before
