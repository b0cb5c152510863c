"""Adding working time."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from issues.sla import WorkingCalendar

from .examples import HANOI, hanoi

MICROSECOND = timedelta(microseconds=1)
HOUR = timedelta(hours=1)


class TestAdd:
    @pytest.mark.parametrize(
        ("start", "hours", "end"),
        [
            ("2026-11-23 08:00", 1, "2026-11-23 09:00"),
            ("2026-11-23 08:00", 4, "2026-11-23 12:00"),  # ends exactly at the closing before lunch
            ("2026-11-23 11:30", 1, "2026-11-23 14:00"),  # across lunch
            ("2026-11-23 12:45", 1, "2026-11-23 14:30"),  # from lunch
            ("2026-11-23 06:00", 8, "2026-11-23 17:30"),  # from before opening
            ("2026-11-23 17:00", 1, "2026-11-25 08:30"),  # the 24th is closed
            ("2026-11-20 17:30", 8, "2026-11-23 17:30"),  # from a Friday closing
            ("2026-11-20 20:00", 8, "2026-11-23 17:30"),  # from a Friday evening
            ("2026-02-13 16:30", 2, "2026-02-23 09:00"),  # across Tet
            ("2025-12-31 17:00", 1, "2026-01-05 08:30"),  # across the year's end and a closed Friday
            ("2026-01-09 17:00", 1, "2026-01-10 08:30"),  # into a make-up Saturday
            ("2026-04-30 16:30", 2, "2026-05-01 09:00"),  # across a month's end
        ],
    )
    def test_counts_working_time_only(self, start, hours, end):
        assert HANOI.add(hanoi(start), timedelta(hours=hours)) == hanoi(end)

    @pytest.mark.parametrize(
        ("start", "end"),
        [
            ("2026-11-23 08:00", "2026-11-23 08:00"),
            ("2026-11-23 10:00", "2026-11-23 10:00"),
            ("2026-11-23 12:00", "2026-11-23 12:00"),
            ("2026-11-23 12:00:00.000001", "2026-11-23 13:30"),
            ("2026-11-23 17:30", "2026-11-23 17:30"),
            ("2026-11-23 18:00", "2026-11-25 08:00"),
        ],
    )
    def test_no_time_ends_at_the_start_or_at_the_next_opening(self, start, end):
        assert HANOI.add(hanoi(start), timedelta(0)) == hanoi(end)

    def test_keeps_microseconds(self):
        start = hanoi("2026-11-23 11:59:59.999999")
        assert HANOI.add(start, MICROSECOND) == hanoi("2026-11-23 12:00")
        assert HANOI.add(start, 2 * MICROSECOND) == hanoi("2026-11-23 13:30:00.000001")

    def test_answers_in_the_zone_of_the_start(self):
        assert HANOI.add(datetime(2026, 11, 23, 2, tzinfo=UTC), HOUR).tzinfo is UTC
        assert HANOI.add(hanoi("2026-11-23 09:00"), HOUR).tzinfo == ZoneInfo("Asia/Ho_Chi_Minh")

    def test_a_year_of_working_time(self):
        plain = WorkingCalendar.from_dict({"timezone": "UTC", "weekly": {"mon": [["00:00", "24:00"]]}})
        start = datetime(2026, 1, 5, tzinfo=UTC)
        assert plain.add(start, timedelta(days=53)) == datetime(2027, 1, 5, tzinfo=UTC)
