"""Notes and messages between the parties of a ticket."""

import pytest

from core.errors import NotAllowed, NotPossible
from issues.actions import conversation, enterprise
from issues.models import ClockKind, TicketEvent
from tests.issues.actions.steps import do
from tests.issues.conftest import TaskForce


def test_an_internal_note_is_not_for_the_enterprise(force: TaskForce) -> None:
    ticket = force.accepted()
    with pytest.raises(NotAllowed):
        do("10:00", conversation.post_message, force.filer, ticket=ticket, body="x", visibility="internal")
    note = do("10:00", conversation.post_message, force.officer, ticket=ticket, body="Nội bộ", visibility="internal")
    assert note.visibility == "internal"
    assert TicketEvent.objects.last().visibility == "internal"


def test_no_message_to_what_is_over_but_notes_go_on(force: TaskForce) -> None:
    ticket = force.accepted()
    ticket = do("10:00", enterprise.withdraw, force.filer, ticket=ticket)
    with pytest.raises(NotPossible):
        do("10:01", conversation.post_message, force.filer, ticket=ticket, body="x")
    assert do("10:02", conversation.post_message, force.officer, ticket=ticket, body="x", visibility="internal").pk


def test_a_message_of_the_lead_agency_is_the_first_response(force: TaskForce) -> None:
    ticket = force.accepted()
    do("09:50", conversation.post_message, force.filer, ticket=ticket, body="Thêm một ý")
    assert ticket.clocks.get(kind=ClockKind.RESPONSE).is_running
    do("09:59", conversation.post_message, force.officer, ticket=ticket, body="Đã nhận")
    assert ticket.clocks.get(kind=ClockKind.RESPONSE).met is True
