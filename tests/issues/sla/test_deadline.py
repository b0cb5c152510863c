from datetime import date, datetime, timedelta

import pytest

from issues.sla import CalendarError, SameDay, cutoff, deadline

from .examples import HANOI, every_day, hanoi

HOUR = timedelta(hours=1)


class TestCutoff:
    @pytest.mark.parametrize(
        ("minimum", "last_moment"),
        [(0, "17:30"), (2, "15:30"), (4, "13:30"), (5, "11:00"), (8, "08:00")],
    )
    def test_the_last_moment_to_be_answered_that_day(self, minimum, last_moment):
        found = cutoff(HANOI, SameDay(timedelta(hours=minimum)), date(2026, 11, 23))
        assert found == hanoi(f"2026-11-23 {last_moment}")

    def test_a_closing_at_24_belongs_to_the_next_day(self):
        calendar = every_day("Asia/Ho_Chi_Minh", ["16:00", "24:00"])
        found = cutoff(calendar, SameDay(timedelta(0)), date(2026, 11, 23))
        assert found == hanoi("2026-11-23 23:59:59.999999")

    def test_none_on_a_closed_day_or_when_the_day_is_too_short(self):
        assert cutoff(HANOI, SameDay(), date(2026, 11, 24)) is None
        assert cutoff(HANOI, SameDay(8.5 * HOUR), date(2026, 11, 23)) is None


def test_a_naive_start_is_refused():
    with pytest.raises(CalendarError, match="2026-11-23T09:00:00 has no time zone"):
        deadline(calendar=HANOI, target=SameDay(), start=datetime(2026, 11, 23, 9))  # noqa: DTZ001
