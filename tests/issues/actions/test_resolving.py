"""Asking the enterprise and answering it: the effect on state, clocks and log."""

import pytest

from core.errors import Invalid, NotAllowed, NotVisible
from issues.actions import enterprise, resolving
from issues.models import ClockKind, TicketEvent
from tests.issues.actions.steps import do
from tests.issues.conftest import TaskForce, at


def test_a_question_stops_the_clock_and_the_answer_starts_it(force: TaskForce) -> None:
    ticket = force.accepted()
    ticket = do("10:00", resolving.request_info, force.officer, ticket=ticket, question="Giấy phép nào?")
    assert (ticket.status, ticket.due_at, ticket.paused_at) == ("awaiting_enterprise", None, at("2026-11-18 10:00"))

    ticket = do("16:00", enterprise.provide_info, force.filer, ticket=ticket, text="Số 12.")
    # 09:00 to 10:00 used, 6 h left at the pause (2 + 4), 1.5 h of it today: 4.5 h tomorrow.
    assert ticket.status == "in_progress"
    assert ticket.due_at == at("2026-11-19 14:00")
    assert ticket.paused_at is None


def test_resolving_ends_every_promise(force: TaskForce) -> None:
    ticket = force.accepted()
    ticket = do("11:00", resolving.resolve, force.officer, ticket=ticket, answer="Được miễn phép.", kind="explained")
    event = TicketEvent.objects.get(type="ticket.resolved")
    assert (ticket.status, event.data["used_minutes"], event.data["in_time"]) == ("resolved", 120, True)
    assert not ticket.clocks.filter(stopped_at__isnull=True).exists()
    assert ticket.clocks.get(kind=ClockKind.RESPONSE).met is False  # first word after two hours


def test_only_the_assignee_or_the_head_answers(force: TaskForce) -> None:
    ticket = force.accepted()
    with pytest.raises(NotAllowed):
        do("10:00", resolving.resolve, force.colleague, ticket=ticket, answer="x", kind="solved")
    with pytest.raises(NotVisible):
        do("10:00", resolving.resolve, force.finance_officer, ticket=ticket, answer="x", kind="solved")
    assert do("10:00", resolving.resolve, force.head, ticket=ticket, answer="x", kind="solved").status == "resolved"


def test_missing_and_wrong_fields_are_named(force: TaskForce) -> None:
    ticket = force.accepted()
    with pytest.raises(Invalid) as refused:
        do("10:00", resolving.resolve, force.officer, ticket=ticket, kind="perhaps")
    assert set(refused.value.fields) == {"answer", "kind"}
    ticket.refresh_from_db(fields=["answer"])
    assert ticket.answer == ""
