"""One place for rights, rows that others change, and pages that are out of date: of two people at once one wins."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from core import clock
from core.errors import NotPossible, NotVisible, OperationError
from issues.actions import (
    conversation,
    enterprise,
    filing,
    resolving,
    timers,
)
from issues.actor import Actor
from issues.models import Ticket, TicketClock, TicketEvent
from tests.issues.actions.steps import do
from tests.issues.conftest import TaskForce, at, make_task_force

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Run every work in a thread of its own, begun together; returns results or raised errors, in order."""
    barrier = threading.Barrier(len(works))
    results: list[Any] = [None] * len(works)

    def run(index: int) -> None:
        barrier.wait()
        try:
            results[index] = works[index]()
        except Exception as error:
            results[index] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


@pytest.fixture
def force() -> TaskForce:
    return make_task_force()


def test_two_officers_accept(force: TaskForce) -> None:
    ticket = force.file()
    seen = ticket.last_event_id
    results = at_once(
        *(
            lambda user=user: resolving.accept(ticket=ticket, actor=Actor.of(user), expected_event=seen)
            for user in (force.officer, force.colleague)
        )
    )
    won = [r for r in results if isinstance(r, Ticket)]
    lost = [r for r in results if isinstance(r, NotPossible)]
    assert (len(won), len(lost)) == (1, 1)
    assert lost[0].code == "out_of_date"
    assert TicketEvent.objects.filter(type="ticket.accepted").count() == 1


def test_withdrawn_while_answered(force: TaskForce) -> None:
    ticket = force.accepted()
    results = at_once(
        lambda: resolving.resolve(ticket=ticket, actor=Actor.of(force.officer), answer="x", kind="solved"),
        lambda: enterprise.withdraw(ticket=ticket, actor=Actor.of(force.filer)),
    )
    assert sorted(isinstance(r, NotPossible) for r in results) == [False, True]
    final = Ticket.objects.get(pk=ticket.pk)
    assert final.status in ("resolved", "withdrawn")
    assert final.events.count() == final.last_seq == 4


def test_the_same_key_twice_at_once_files_once(force: TaskForce) -> None:
    def work() -> Ticket:
        return filing.file_ticket(
            actor=Actor.of(force.filer), title="Hỏi thuế", body="Hoàn thuế GTGT", category="tax", idempotency_key="one"
        )

    results = at_once(work, work, work)
    assert not [r for r in results if isinstance(r, Exception)]
    assert len({r.pk for r in results}) == 1
    assert Ticket.objects.count() == 1


def test_numbers_and_chain_hold_under_load(force: TaskForce) -> None:
    from django.core.management import call_command

    def work() -> list[str]:
        return [
            filing.file_ticket(actor=Actor.of(force.filer), title="Hỏi", body="Nội dung", category="construction").code
            for _ in range(5)
        ]

    results = at_once(*[work] * 4)
    assert not [r for r in results if isinstance(r, Exception)]
    codes = [code for batch in results for code in batch]
    assert len(set(codes)) == 20
    call_command("verify_events")


def test_two_sweeps_fire_a_timer_once(force: TaskForce) -> None:

    ticket = force.accepted()
    row = ticket.clocks.get(kind="resolution")

    def work() -> bool:
        with clock.at(at("2026-11-18 14:00")):
            return timers.fire(row.pk)

    results = at_once(*[work] * 4)
    assert not [r for r in results if isinstance(r, Exception)]
    assert sum(results) == 1
    assert TicketEvent.objects.filter(type="clock.timer", data__clock="resolution").count() == 1
    assert TicketClock.objects.get(pk=row.pk).next_percent == 75


def test_an_error_leaves_the_lock_free(force: TaskForce) -> None:
    ticket = force.accepted()
    with pytest.raises(OperationError):
        resolving.resolve(ticket=ticket, actor=Actor.of(force.officer), answer="", kind="solved")
    assert (
        resolving.resolve(ticket=ticket, actor=Actor.of(force.officer), answer="x", kind="solved").status == "resolved"
    )


def test_a_page_that_is_out_of_date_is_told_so(force: TaskForce) -> None:
    ticket = force.accepted()
    seen = ticket.last_event_id
    do("10:00", conversation.post_message, force.filer, ticket=ticket, body="Thêm một ý")
    with pytest.raises(NotPossible) as refused:
        do("10:01", resolving.resolve, force.officer, ticket=ticket, answer="x", kind="solved", expected_event=seen)
    assert refused.value.code == "out_of_date"


def test_what_a_person_cannot_see_does_not_make_their_page_old(force: TaskForce) -> None:
    ticket = force.accepted()
    seen = ticket.last_event_id
    do("10:00", conversation.post_message, force.officer, ticket=ticket, body="Nội bộ", visibility="internal")
    assert do("10:01", enterprise.withdraw, force.filer, ticket=ticket, expected_event=seen).status == "withdrawn"


def test_strangers_learn_nothing(force: TaskForce) -> None:
    ticket = force.accepted()
    for action, fields in (
        (enterprise.withdraw, {}),
        (resolving.accept, {}),
        (conversation.post_message, {"body": "x"}),
        (enterprise.rate, {"score": 5}),
    ):
        with pytest.raises(NotVisible):
            do("10:00", action, force.other_filer, ticket=ticket, **fields)


def test_a_whole_number_may_be_written_with_a_point() -> None:
    force = make_task_force()
    ticket = force.file()
    actor, seen = Actor.of(force.officer), float(ticket.last_event_id or 0)
    assert resolving.accept(ticket=ticket, actor=actor, expected_event=seen).status == "in_progress"
