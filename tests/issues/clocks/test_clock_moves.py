"""What a running clock becomes when its hours change: computed as if they had always held, no promise broken."""

from typing import Any

import pytest
from django.core.cache import caches

from accounts.models import Agency
from issues.clocks import clock_moves
from issues.models import Calendar, ClockKind, Ticket, TicketClock
from tests.issues.conftest import TaskForce, at

WEEK = ("mon", "tue", "wed", "thu", "fri")


@pytest.fixture
def ticket(force: TaskForce) -> Ticket:
    """Received at 09:00, due at 17:30 of a city that opens from 08:00 to 17:30."""
    return force.accepted()


def clock_of(ticket: Ticket) -> TicketClock:
    return clock_moves.with_agency(TicketClock.objects.all()).get(ticket=ticket, kind=ClockKind.RESOLUTION)


def hours(*periods: list[str], **fields: Any) -> int:
    """Another calendar with these hours on every working day; its id."""
    week = {day: list(periods) for day in WEEK}
    made = Calendar.objects.create(code="other", name_vi="Khác", timezone="Asia/Ho_Chi_Minh", weekly=week, **fields)
    caches["process"].clear()
    return made.pk


def test_the_same_hours_move_nothing(ticket: Ticket) -> None:
    row = clock_of(ticket)
    moved = clock_moves.settle(row, at("2026-11-18 10:00"), row.calendar_id)
    assert (moved.changed, moved.due_changed, moved.rearmed) == (False, False, False)


def test_later_hours_give_more_time(ticket: Ticket) -> None:
    row = clock_of(ticket)
    moved = clock_moves.settle(row, at("2026-11-18 10:00"), hours(["08:00", "20:00"]))
    assert (moved.old_due_at, moved.new_due_at) == (at("2026-11-18 17:30"), at("2026-11-18 20:00"))
    assert moved.due_changed
    assert row.due_at == at("2026-11-18 20:00")


def test_a_due_time_that_would_have_passed_stays(ticket: Ticket) -> None:
    row = clock_of(ticket)
    moved = clock_moves.settle(row, at("2026-11-18 16:00"), hours(["08:00", "15:00"]))
    assert not moved.due_changed
    assert row.due_at == at("2026-11-18 17:30")


def test_what_was_overdue_may_run_out_once_more(ticket: Ticket) -> None:
    row = clock_of(ticket)
    row.next_percent = 150
    moved = clock_moves.settle(row, at("2026-11-18 18:00"), hours(["08:00", "20:00"]))
    assert moved.rearmed
    assert (row.next_percent, row.next_timer_at) == (100, at("2026-11-18 20:00"))


def test_the_hours_are_those_of_the_agency_that_is_responsible(ticket: Ticket, force: TaskForce) -> None:
    assert clock_moves.responsible_calendar(clock_of(ticket)) == Calendar.objects.get(is_default=True).pk
    other = hours(["08:00", "20:00"])
    Calendar.objects.get(pk=other).agencies.add(Agency.objects.get(pk=force.construction.pk))
    caches["process"].clear()
    assert clock_moves.responsible_calendar(clock_of(ticket)) == other
