"""When something is possible, apart from who asks. All states and transitions: contracts/test_state_machine."""

from datetime import timedelta

import pytest

from core import clock
from core.errors import NotPossible
from issues import policies
from issues.actions import consultations, extensions, resolving
from issues.actor import Actor
from issues.models import Ticket, TicketStatus
from tests.factories.issues import make_ticket
from tests.issues.conftest import TaskForce, at

pytestmark = pytest.mark.django_db


def code_of(check, *arguments: object) -> str:
    """The code by which a check refuses; empty where it lets pass."""
    try:
        check(*arguments)
    except NotPossible as error:
        return error.code
    return ""


STEPS = sorted({step.name for step in Ticket._meta.get_field("status").get_all_transitions(Ticket)})


@pytest.mark.parametrize("step", STEPS)
def test_a_step_starts_from_its_states_and_is_refused_in_all_others(step: str) -> None:
    starts = [policies.starts_from(Ticket(status=status), step) for status in TicketStatus.values]
    refused = [code_of(policies.check_state, Ticket(status=status), step) for status in TicketStatus.values]
    assert refused == ["" if possible else "wrong_state" for possible in starts]
    assert 0 < sum(starts) < len(starts)


def test_the_refusal_says_in_which_state_it_is() -> None:
    with pytest.raises(NotPossible) as refused:
        policies.check_state(Ticket(status="closed"), "accept")
    assert refused.value.extra["status_now"] == "closed"


@pytest.mark.parametrize(
    ("check", "possible"),
    [
        (policies.check_open, {"submitted", "routed", "in_progress", "awaiting_enterprise"}),
        (policies.check_not_over, {"submitted", "routed", "in_progress", "awaiting_enterprise", "resolved"}),
        (policies.check_in_progress, {"in_progress", "awaiting_enterprise"}),
        (policies.check_reassign, {"routed", "in_progress", "awaiting_enterprise"}),
        (policies.check_split, {"submitted", "routed", "in_progress"}),
        (policies.check_rating, {"resolved", "closed"}),
        (policies.check_rating_change, {"resolved"}),
    ],
)
def test_in_which_states(check, possible: set[str]) -> None:
    assert {status for status in TicketStatus.values if code_of(check, make_ticket(status=status)) == ""} == possible


def test_the_days_to_confirm_and_to_reopen_are_working_days(force: TaskForce) -> None:
    ticket = force.accepted()
    assert (policies.close_unconfirmed_at(ticket), policies.reopen_until(ticket)) == (None, None)
    with clock.at(at("2026-11-18 11:00")):
        ticket = resolving.resolve(ticket=ticket, actor=Actor.of(force.officer), answer="x", kind="solved")
    closes, reopens = policies.close_unconfirmed_at(ticket), policies.reopen_until(ticket)
    assert closes == at("2026-11-26 17:30")
    assert reopens == at("2026-12-03 17:30")
    second = timedelta(seconds=1)
    for moment, check, code in (
        (closes - second, policies.check_silence, "too_early"),
        (closes, policies.check_silence, ""),
        (reopens, policies.check_reopening_time, ""),
        (reopens + second, policies.check_reopening_time, "reopen_too_late"),
    ):
        with clock.at(moment):
            assert code_of(check, ticket) == code


def test_an_open_consultation_is_named(force: TaskForce) -> None:
    ticket = force.accepted()
    consultations.request_consultation(ticket=ticket, actor=Actor.of(force.officer), agency="STP", question="?")
    with pytest.raises(NotPossible) as refused:
        policies.check_nothing_open(Ticket.objects.get(pk=ticket.pk))
    assert refused.value.extra["agencies"] == ["Sở Tư pháp"]


def test_one_extension_at_a_time(force: TaskForce) -> None:
    ticket = force.accepted()
    assert code_of(policies.check_extension, ticket) == ""
    asked = extensions.request_extension(ticket=ticket, actor=Actor.of(force.officer), working_days=1, reason="?")
    ticket = Ticket.objects.get(pk=ticket.pk)
    assert code_of(policies.check_extension, ticket) == "extension_open"
    assert code_of(policies.check_extension_open, ticket, asked) == ""
    asked.status = "granted"
    assert code_of(policies.check_extension_open, ticket, asked) == "extension_decided"


def test_what_was_followed_by_something_cannot_be_undone(force: TaskForce) -> None:
    ticket = force.accepted()
    assert code_of(policies.check_untouched, ticket, ticket.last_event_id) == ""
    assert code_of(policies.check_untouched, ticket, ticket.last_event_id - 1) == "touched"


def test_merging_takes_two_open_tickets(force: TaskForce) -> None:
    ticket, other, over = force.file(), force.file(), make_ticket(status="closed")
    assert code_of(policies.check_merge, ticket, other) == ""
    assert code_of(policies.check_merge, ticket, ticket) == "same_ticket"
    assert code_of(policies.check_merge, ticket, over) == "wrong_state"
    assert code_of(policies.check_merge, over, ticket) == "wrong_state"
