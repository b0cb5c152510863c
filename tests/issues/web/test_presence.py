"""Who else is looking: for those who work on the ticket, while the heart beats, and never for an enterprise."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from core import clock
from issues.live.presence import present_on
from issues.models import Presence, Ticket, TicketEvent
from tests.issues.conftest import TaskForce, at


def beat(user: User, ticket: Ticket, time: str = "09:00:00", **fields: str) -> Any:
    client = Client()
    client.force_login(user)
    with clock.at(at(f"2026-11-18 {time}")):
        return client.post(f"/en/tickets/{ticket.code}/presence/", {"tab": "one", **fields})


def seen_by(user: User, ticket: Ticket, time: str = "09:00:00") -> list[dict[str, str]]:
    return beat(user, ticket, time).json()["people"]


@pytest.fixture
def ticket(force: TaskForce) -> Ticket:
    for name in ("officer", "colleague", "coordinator"):
        User.objects.filter(pk=getattr(force, name).pk).update(name=name)
    return force.accepted()


def test_one_sees_the_others_and_not_oneself(force: TaskForce, ticket: Ticket) -> None:
    assert seen_by(force.officer, ticket) == []
    assert seen_by(force.colleague, ticket) == [{"name": "officer", "doing": ""}]
    assert seen_by(force.officer, ticket) == [{"name": "colleague", "doing": ""}]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("resolve", "resolve"),
        ("consultation_answer", "consultation_answer"),
        ("note", "writing"),  # whether there will be a note is not everybody's to know
        ("<script>", "writing"),
        ("x" * 500, "writing"),
        ("", ""),
    ],
)
def test_what_they_do(force: TaskForce, ticket: Ticket, typed: str, shown: str) -> None:
    beat(force.officer, ticket, doing=typed)
    assert seen_by(force.coordinator, ticket) == [{"name": "officer", "doing": shown}]


def test_it_is_over_without_a_heartbeat(force: TaskForce, ticket: Ticket) -> None:
    beat(force.officer, ticket, "09:00:00")
    assert seen_by(force.colleague, ticket, "09:00:40")
    assert seen_by(force.colleague, ticket, "09:00:50") == []


def test_leaving_ends_it_at_once(force: TaskForce, ticket: Ticket) -> None:
    beat(force.officer, ticket)
    assert beat(force.officer, ticket, left="1").status_code == 204
    assert seen_by(force.colleague, ticket) == []


def test_another_tab_stays(force: TaskForce, ticket: Ticket) -> None:
    beat(force.officer, ticket)
    beat(force.officer, ticket, tab="two", doing="resolve")
    assert seen_by(force.colleague, ticket) == [{"name": "officer", "doing": "resolve"}]
    beat(force.officer, ticket, tab="two", left="1")
    assert seen_by(force.colleague, ticket) == [{"name": "officer", "doing": ""}]


def test_others_have_no_business_here(force: TaskForce, ticket: Ticket) -> None:
    beat(force.officer, ticket)
    assert beat(force.filer, ticket).status_code == 403
    assert beat(force.finance_officer, ticket).status_code == 404
    assert Client().post(f"/en/tickets/{ticket.code}/presence/").status_code == 302
    client = Client()
    client.force_login(force.filer)
    assert "presence" not in client.get(f"/en/tickets/{ticket.code}/").content.decode()


def test_an_officer_of_the_enterprise_is_not_seen_either(force: TaskForce, ticket: Ticket) -> None:
    force.officer.memberships.create(role="enterprise", enterprise=ticket.enterprise)
    assert beat(User.objects.get(pk=force.officer.pk), ticket).status_code == 404


def test_it_leaves_no_event_and_costs_one_row(force: TaskForce, ticket: Ticket) -> None:
    before = TicketEvent.objects.count()
    for second in ("00", "20", "40"):
        beat(force.officer, ticket, f"09:00:{second}")
    assert TicketEvent.objects.count() == before
    assert Presence.objects.count() == 1


def test_what_was_left_without_a_word_is_swept_up(force: TaskForce, ticket: Ticket) -> None:
    beat(force.colleague, ticket, "09:00:00")
    beat(force.officer, ticket, "09:05:00")
    beat(force.officer, ticket, "09:05:10", left="1")
    assert not Presence.objects.exists()


@pytest.mark.parametrize("number", [1, 3])
def test_one_query_for_any_number_of_tickets(force: TaskForce, django_assert_num_queries: Any, number: int) -> None:
    tickets = [force.accepted() for _ in range(number)]
    for ticket in tickets:
        beat(force.officer, ticket)
    with clock.at(at("2026-11-18 09:00")), django_assert_num_queries(1):
        found = present_on({str(ticket.code) for ticket in tickets})
    assert len(found) == number
