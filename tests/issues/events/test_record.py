"""The log: only appended, chained, and counted for each ticket."""

import pytest
from django.db import DatabaseError, connection, transaction

from issues.actions import conversation
from issues.actor import Actor
from issues.events.record import FIRST_HASH, event_hash, record_event
from issues.events.types import TicketConfirmed
from issues.models import TicketEvent
from tests.issues.conftest import MORNING, TaskForce


def test_events_of_all_tickets_form_one_chain(force: TaskForce) -> None:
    for _ in range(3):
        force.accepted()
    previous = FIRST_HASH
    for event in TicketEvent.objects.order_by("id"):
        assert event.prev_hash == previous
        assert event.hash == event_hash(event)
        previous = event.hash


def test_each_ticket_counts_its_own_events(force: TaskForce) -> None:
    first, second = force.accepted(), force.accepted()
    for ticket in (first, second):
        assert list(ticket.events.order_by("id").values_list("seq", flat=True)) == [1, 2, 3]
        assert ticket.last_seq == 3


@pytest.mark.parametrize(
    "statement",
    ["UPDATE issues_ticketevent SET type = 'ticket.resolved'", "DELETE FROM issues_ticketevent"],
)
def test_the_database_refuses_to_change_an_event(force: TaskForce, statement: str) -> None:
    force.file()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert TicketEvent.objects.filter(type="ticket.submitted").count() == 1


def test_the_model_cannot_get_round_it(force: TaskForce) -> None:
    force.file()
    event = TicketEvent.objects.first()
    event.data = {}
    with pytest.raises(DatabaseError), transaction.atomic():
        event.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        event.delete()


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_a_mistake() -> None:
    from tests.issues.conftest import make_task_force

    ticket = make_task_force().file()
    with pytest.raises(RuntimeError):
        record_event(ticket=ticket, data=TicketConfirmed(), actor=Actor.of(None), at=MORNING)


def test_an_operation_that_fails_tells_nothing(force: TaskForce, monkeypatch: pytest.MonkeyPatch) -> None:
    ticket = force.accepted()
    before = TicketEvent.objects.count()
    monkeypatch.setattr(conversation.Message, "save", lambda _row: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        conversation.post_message(ticket=ticket, actor=Actor.of(force.filer), body="x")
    assert TicketEvent.objects.count() == before
