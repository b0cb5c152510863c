from datetime import timedelta

import pytest

from issues.sla import CalendarError, SameDay, at_fraction, deadline, progress, remaining, used

from .examples import HANOI, hanoi

HOUR = timedelta(hours=1)
START = hanoi("2026-11-23 08:00")
DUE = hanoi("2026-11-23 17:30")
PAUSE = (hanoi("2026-11-23 10:00"), hanoi("2026-11-23 15:30"))  # four working hours
DUE_AFTER_PAUSE = hanoi("2026-11-25 12:00")


class TestAtFraction:
    @pytest.mark.parametrize(
        ("fraction", "at"),
        [
            (0, "2026-11-23 08:00"),
            (0.5, "2026-11-23 12:00"),
            (0.75, "2026-11-23 15:30"),
            (1.0, "2026-11-23 17:30"),
            (1.5, "2026-11-25 12:00"),
        ],
    )
    def test_a_share_of_the_working_time(self, fraction, at):
        assert at_fraction(HANOI, START, DUE, [], fraction) == hanoi(at)

    @pytest.mark.parametrize(
        ("fraction", "at"),
        [
            (0.125, "2026-11-23 09:00"),
            (0.25, "2026-11-23 10:00"),  # used up as the pause begins
            (0.5, "2026-11-23 17:30"),
            (0.75, "2026-11-25 10:00"),
            (1.0, "2026-11-25 12:00"),
            (1.5, "2026-11-25 17:30"),
        ],
    )
    def test_pauses_do_not_count(self, fraction, at):
        assert at_fraction(HANOI, START, DUE_AFTER_PAUSE, [PAUSE], fraction) == hanoi(at)

    def test_a_pause_after_the_due_time_delays_what_comes_later(self):
        late = (hanoi("2026-11-25 09:00"), hanoi("2026-11-25 11:00"))
        assert at_fraction(HANOI, START, DUE, [late], 1.0) == DUE
        assert at_fraction(HANOI, START, DUE, [late], 1.5) == hanoi("2026-11-25 15:30")

    def test_none_while_paused(self):
        pauses = [(PAUSE[0], None)]
        found = deadline(calendar=HANOI, target=SameDay(), start=START, pauses=pauses)
        for fraction in (0.1, 0.5, 1.5):
            assert at_fraction(HANOI, START, found.due_at, pauses, fraction) is None
            assert at_fraction(HANOI, START, DUE, pauses, fraction) is None

    @pytest.mark.parametrize("fraction", [-0.1, float("nan"), float("inf"), "half", None])
    def test_what_is_no_share_is_refused(self, fraction):
        with pytest.raises(CalendarError):
            at_fraction(HANOI, START, DUE, [], fraction)


class TestUsedAndRemaining:
    @pytest.mark.parametrize(
        ("at", "hours"),
        [
            ("2026-11-23 07:00", 0),
            ("2026-11-23 09:00", 1),
            ("2026-11-23 10:00", 2),
            ("2026-11-23 14:00", 2),
            ("2026-11-23 16:30", 3),
            ("2026-11-25 12:00", 8),
            ("2026-11-26 09:00", 13),
        ],
    )
    def test_both_stand_still_in_a_pause(self, at, hours):
        assert used(HANOI, START, hanoi(at), [PAUSE]) == hours * HOUR
        assert remaining(HANOI, START, DUE, hanoi(at), [PAUSE]) == (8 - hours) * HOUR

    def test_an_open_pause_holds_the_clock(self):
        pauses = [(PAUSE[0], None)]
        later = hanoi("2026-12-24 09:00")
        assert used(HANOI, START, later, pauses) == 2 * HOUR
        assert remaining(HANOI, START, DUE, later, pauses) == 6 * HOUR

    def test_overdue_is_measured_in_working_time(self):
        assert remaining(HANOI, START, DUE, hanoi("2026-11-24 12:00")) == timedelta(0)
        assert remaining(HANOI, START, DUE, hanoi("2026-11-25 08:00:00.000001")) == -timedelta(microseconds=1)


class TestProgress:
    def at(self, text, pauses=()):
        return progress(calendar=HANOI, target=SameDay(), start=START, at=hanoi(text), pauses=pauses)

    def test_used_and_remaining_make_the_total(self):
        found = self.at("2026-11-23 15:30")
        assert (found.used, found.remaining, found.total) == (6 * HOUR, 2 * HOUR, 8 * HOUR)
        assert found.fraction == 0.75
        assert not found.paused

    def test_overdue_is_more_than_all(self):
        found = self.at("2026-11-25 12:00")
        assert (found.remaining, found.fraction) == (-4 * HOUR, 1.5)

    @pytest.mark.parametrize(
        ("at", "paused"),
        [("2026-11-23 09:59", False), ("2026-11-23 10:00", True), ("2026-11-23 15:30", False)],
    )
    def test_paused_from_the_start_of_a_pause_until_its_end(self, at, paused):
        assert self.at(at, [PAUSE]).paused is paused

    def test_nothing_to_use_up_is_used_up(self):
        closing = hanoi("2026-11-23 17:30")
        found = progress(calendar=HANOI, target=SameDay(timedelta(0)), start=closing, at=closing)
        assert (found.total, found.fraction) == (timedelta(0), 1.0)
