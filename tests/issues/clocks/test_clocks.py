"""The clocks of a ticket as rows: which target, which shares, what a pause and more time do to them."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import caches

from issues.clocks import clocks
from issues.models import ClockKind, TargetSetting, Ticket, TicketClock
from issues.sla import SameDay, WorkingDays, WorkingTime, target_to_dict
from tests.issues.conftest import TaskForce, at

HOUR = timedelta(hours=1)


@pytest.fixture
def ticket(force: TaskForce) -> Ticket:
    """Filed and accepted at 09:00, due at 17:30."""
    return force.accepted()


@pytest.fixture
def row(ticket: Ticket) -> TicketClock:
    found = clocks.running(ticket, ClockKind.RESOLUTION)
    assert found is not None
    return found


def test_the_most_specific_limit_counts(ticket: Ticket) -> None:
    assert clocks.target_for(ClockKind.RESOLUTION, ticket) == SameDay(2 * HOUR)
    for kind, category, hours in (("", ticket.category, 1), (ticket.kind, "", 2), (ticket.kind, ticket.category, 3)):
        TargetSetting.objects.create(
            clock=ClockKind.RESOLUTION, kind=kind, category=category, target=target_to_dict(WorkingTime(hours * HOUR))
        )
        caches["process"].clear()  # limits are remembered for a moment
        assert clocks.target_for(ClockKind.RESOLUTION, ticket) == WorkingTime(hours * HOUR)


def test_without_any_limit_it_is_a_mistake(ticket: Ticket) -> None:
    TargetSetting.objects.filter(clock=ClockKind.RESPONSE).delete()
    caches["process"].clear()
    with pytest.raises(LookupError, match="RESPONSE"):
        clocks.target_for(ClockKind.RESPONSE, ticket)


@pytest.mark.parametrize(
    ("kind", "shares"),
    [
        (ClockKind.RESOLUTION, [50, 75, 100, 150, 151, 152]),  # after the last it goes on daily
        (ClockKind.RESPONSE, [100, 0]),
        (ClockKind.CONSULTATION, [50, 100, 0]),
    ],
)
def test_the_shares_of_a_clock(kind: ClockKind, shares: list[int]) -> None:
    found, row = [clocks.TIMER_PERCENTS[kind][0]], TicketClock(kind=kind)
    while len(found) < len(shares):
        found.append(clocks.percent_after(row, found[-1]))
    assert found == shares


@pytest.mark.parametrize(
    ("percent", "when"),
    [
        (50, "2026-11-18 14:00"),  # 3.5 of 7 hours
        (100, "2026-11-18 17:30"),
        (150, "2026-11-19 11:30"),
        (151, "2026-11-20 08:00"),  # the openings of the working days after
        (152, "2026-11-23 08:00"),
    ],
)
def test_when_the_next_share_is_used_up(row: TicketClock, percent: int, when: str) -> None:
    row.next_percent = percent
    assert clocks.next_timer(row) == at(when)


def test_a_pause_keeps_what_was_left(ticket: Ticket, row: TicketClock) -> None:
    assert clocks.pause(row, ticket, at("2026-11-18 10:00")) == 6 * HOUR
    assert (row.due_at, row.next_timer_at, ticket.due_at, ticket.paused_at) == (
        None,
        None,
        None,
        at("2026-11-18 10:00"),
    )
    assert clocks.resume(row, ticket, at("2026-11-18 14:30")) == 3 * HOUR  # without the lunch break
    assert ticket.due_at == row.due_at == at("2026-11-19 11:00")
    assert ticket.paused_at is None
    assert clocks.used_at(row, at("2026-11-18 15:30")) == 2 * HOUR
    assert clocks.left_at(row, at("2026-11-18 15:30")) == 5 * HOUR


class TestShortPause:
    def asked(self, row: TicketClock, ticket: Ticket, began: str, ended: str) -> None:
        clocks.pause(row, ticket, at(f"2026-11-{began}"))
        clocks.resume(row, ticket, at(f"2026-11-{ended}"))

    @pytest.mark.parametrize(
        ("began", "ended", "due"),
        [
            ("18 10:00", "18 10:01", "18 17:30"),
            ("18 10:00", "18 10:05", "18 17:30"),
            ("18 10:00", "18 10:05:00.000001", "19 08:05:00.000001"),
            ("18 11:58", "18 13:32", "18 17:30"),  # four working minutes
            ("18 17:26", "18 17:29:59.999999", "18 17:30"),
            ("18 17:26", "18 17:30", "19 08:04"),  # else no time would be left
            ("18 17:29", "18 17:31", "19 08:01"),
            ("18 17:28", "19 08:02", "19 08:04"),
        ],
    )
    def test_it_moves_nothing(self, ticket: Ticket, row: TicketClock, began: str, ended: str, due: str) -> None:
        self.asked(row, ticket, began, ended)
        assert row.due_at == ticket.due_at == at(f"2026-11-{due}")
        assert clocks.left_at(row, at(f"2026-11-{ended}")) > timedelta()
        assert len(row.pause_periods()) == 1
        clocks.recompute(row, ticket)
        assert row.due_at == at(f"2026-11-{due}")

    def test_its_minutes_are_working_time(self, ticket: Ticket, row: TicketClock) -> None:
        self.asked(row, ticket, "18 10:00", "18 10:05")
        assert clocks.used_at(row, at("2026-11-18 11:00")) == 2 * HOUR
        assert clocks.left_at(row, at("2026-11-18 11:00")) == 5 * HOUR
        assert row.next_timer_at == at("2026-11-18 14:00")  # half of the seven hours

    def test_a_longer_one_after_it_counts_alone(self, ticket: Ticket, row: TicketClock) -> None:
        self.asked(row, ticket, "18 10:00", "18 10:05")
        self.asked(row, ticket, "18 11:00", "18 12:00")
        assert row.due_at == at("2026-11-19 09:00")
        assert [len(row.short_pauses()), len(row.counted_pauses()), len(row.pause_periods())] == [1, 1, 2]

    def test_a_granted_time_stays(self, ticket: Ticket, row: TicketClock) -> None:
        clocks.extend(ticket, WorkingDays(2), at("2026-11-18 16:00"))
        row.refresh_from_db()
        self.asked(row, ticket, "19 10:00", "19 10:03")
        assert row.due_at == row.due_not_before == at("2026-11-20 17:30")

    def test_more_time_after_a_short_pause(self, ticket: Ticket, row: TicketClock) -> None:
        self.asked(row, ticket, "18 10:00", "18 10:05")
        assert clocks.extend(ticket, WorkingDays(1), at("2026-11-18 16:00")) == at("2026-11-19 17:30")

    def test_a_changed_setting_decides_nothing_a_second_time(
        self, ticket: Ticket, row: TicketClock, settings: Any
    ) -> None:
        self.asked(row, ticket, "18 10:00", "18 10:05")
        settings.TN_PAUSE_GRACE_MINUTES = 0
        clocks.recompute(row, ticket)
        assert row.due_at == at("2026-11-18 17:30")
        self.asked(row, ticket, "18 11:00", "18 11:01")
        assert row.due_at == at("2026-11-19 08:01")


def test_what_is_left_is_negative_when_overdue(row: TicketClock) -> None:
    assert clocks.left_at(row, at("2026-11-19 09:00")) == -HOUR


@pytest.mark.parametrize(("when", "in_time"), [("2026-11-18 17:30:00", True), ("2026-11-18 17:30:01", False)])
def test_a_promise_is_kept_up_to_its_due_time(row: TicketClock, when: str, in_time: bool) -> None:
    assert clocks.finish(row, at(when)) is in_time
    assert (row.met, row.next_timer_at, row.is_running) == (in_time, None, False)


def test_ending_without_an_outcome_ends_an_open_pause(ticket: Ticket, row: TicketClock) -> None:
    clocks.pause(row, ticket, at("2026-11-18 10:00"))
    clocks.stop_all(ticket, at("2026-11-18 11:00"))
    row.refresh_from_db()
    assert (row.met, row.is_running, row.is_paused) == (None, False, False)
    assert (ticket.due_at, ticket.paused_at) == (None, None)
    assert not ticket.clocks.filter(stopped_at__isnull=True).exists()


@pytest.mark.parametrize(
    ("moment", "hours"), [("2026-11-18 09:00", 3.5), ("2026-11-18 16:30", 0.5), ("2026-11-18 17:25", 0.25)]
)
def test_a_consultation_has_half_of_what_is_left_and_a_quarter_of_an_hour_at_least(
    row: TicketClock, moment: str, hours: float
) -> None:
    assert clocks.consultation_target(row, at(moment)) == WorkingTime(hours * HOUR)
    assert clocks.consultation_target(None, at(moment)) == WorkingTime(HOUR / 4)


def test_more_time_is_counted_from_the_moment_it_is_given(ticket: Ticket, row: TicketClock) -> None:
    moment = at("2026-11-18 16:00")
    assert clocks.extend(ticket, WorkingDays(2), moment) == at("2026-11-20 17:30")
    row.refresh_from_db()
    assert row.next_percent == 50  # shares count again
    assert row.next_timer_at > moment


def test_a_complex_case_has_the_limit_of_its_kind(ticket: Ticket) -> None:
    assert clocks.make_complex(ticket, at("2026-11-18 10:00")) == at("2026-11-26 17:30")
    assert ticket.kind == "complex"
