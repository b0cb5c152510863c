"""The log is followed: what changes a ticket notes it, until then it counts as behind."""

import pytest

from issues.actions import conversation
from issues.actor import Actor
from issues.events.drain import drain_all
from issues.events.types import EVENT_TYPES
from search import following, sync
from search.engines.base import Engine, Kind
from search.models import PendingChange
from tests.issues.conftest import make_task_force


def test_a_ticket_is_behind_until_its_document_is_made(engine: Engine) -> None:
    ticket = make_task_force().file()
    assert following.behind(Kind.TICKET) == {ticket.pk}
    drain_all()
    assert PendingChange.objects.filter(kind=Kind.TICKET, object_id=ticket.pk).exists()
    assert following.behind(Kind.TICKET) == {ticket.pk}
    sync.drain()
    assert following.behind(Kind.TICKET) == set()


def test_a_note_changes_no_document(engine: Engine) -> None:
    force = make_task_force()
    ticket = force.accepted()
    drain_all()
    sync.drain()
    conversation.post_message(ticket=ticket, actor=Actor.of(force.officer), body="Được", visibility="internal")
    drain_all()
    assert not PendingChange.objects.exists()


def test_too_many_are_none(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "_MOST_BEHIND", 1)
    force = make_task_force()
    force.accepted()
    assert following.behind(Kind.TICKET) == set()


def test_the_types_that_are_left_out_exist() -> None:
    assert set(EVENT_TYPES) >= following._NOT_OF_TICKETS | following._OF_ANSWERS
