"""The log: only appended, chained, typed, and read by each audience with its own eyes."""

import pytest
from django.db import DatabaseError, connection, transaction
from pydantic import ValidationError

from core import clock
from issues.actions import conversation, resolving
from issues.actor import Actor
from issues.events.record import FIRST_HASH, event_hash, record_event
from issues.events.serialize import event_json
from issues.events.types import EVENT_TYPES, TicketConfirmed
from issues.models import OWN, TicketEvent, Visibility
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


@pytest.mark.parametrize("name", sorted(EVENT_TYPES))
def test_no_event_takes_extra_fields(name: str) -> None:
    with pytest.raises(ValidationError):
        EVENT_TYPES[name].model_validate({"surprise": 1})


@pytest.mark.parametrize("name", sorted(EVENT_TYPES))
def test_narrower_fields_are_known_levels(name: str) -> None:
    assert set(EVENT_TYPES[name].narrowed_fields().values()) <= {Visibility.PARTIES, Visibility.INTERNAL, OWN}
    assert EVENT_TYPES[name].visibility in Visibility.values


def test_the_public_reads_no_text_and_no_name(force: TaskForce) -> None:
    ticket = force.accepted()
    with clock.at(MORNING):
        resolving.resolve(ticket=ticket, actor=Actor.of(force.officer), answer="Bí mật kinh doanh", kind="solved")
    for event in TicketEvent.objects.filter(visibility=Visibility.PUBLIC):
        text = str(event_json(event, code=ticket.code, audience=Visibility.PUBLIC))
        for secret in ("Bí mật", ticket.title, ticket.body, str(force.officer), str(ticket.enterprise)):
            assert secret not in text
    parties = event_json(TicketEvent.objects.last(), code=ticket.code, audience=Visibility.PARTIES)
    assert parties["data"]["answer"] == "Bí mật kinh doanh"


def test_the_form_of_an_event_is_that_of_the_contract(force: TaskForce) -> None:
    ticket = force.file()
    event = event_json(TicketEvent.objects.first(), code=ticket.code, audience=Visibility.PARTIES)
    assert set(event) == {"id", "ticket", "seq", "type", "at", "actor", "visibility", "internal_to", "data"}
    assert event["actor"]["role"] == "enterprise"
    assert event["ticket"] == ticket.code


def test_an_operation_that_fails_tells_nothing(force: TaskForce, monkeypatch: pytest.MonkeyPatch) -> None:
    ticket = force.accepted()
    before = TicketEvent.objects.count()
    monkeypatch.setattr(conversation.Message, "save", lambda _row: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        conversation.post_message(ticket=ticket, actor=Actor.of(force.filer), body="x")
    assert TicketEvent.objects.count() == before
