import pickle
from datetime import UTC, datetime, timedelta

import pytest

from issues.sla import CalendarError, WorkingCalendar

from .examples import HANOI, HANOI_DATA, hanoi

MICROSECOND = timedelta(microseconds=1)
HOUR = timedelta(hours=1)


class TestErrors:
    @pytest.mark.parametrize(
        ("part", "named"),
        [
            ({"timezone": "Asia/Atlantis"}, "Asia/Atlantis"),
            ({"timezone": "../etc/passwd"}, "../etc/passwd"),
            ({"timezone": "America"}, "America"),
            ({"timezone": ""}, "''"),
            ({"timezone": None}, "None"),
            ({"weekly": {"monday": []}}, "monday"),
            ({"weekly": {1: []}}, "weekly"),
            ({"weekly": []}, "weekly"),
            ({"weekly": {"mon": None}}, "mon: None"),
            ({"weekly": {"mon": [["08:00"]]}}, "['08:00']"),
            ({"weekly": {"mon": ["08:00-12:00"]}}, "08:00-12:00"),
            ({"weekly": {"mon": [["8:00", "12:00"]]}}, "8:00"),
            ({"weekly": {"mon": [["08:60", "12:00"]]}}, "08:60"),
            ({"weekly": {"mon": [["08:00\n", "12:00"]]}}, "08:00"),
            ({"weekly": {"mon": [["٠٨:00", "12:00"]]}}, "٠٨:00"),
            ({"weekly": {"mon": [[800, 1200]]}}, "800"),
            ({"weekly": {"mon": [["08:00", "24:01"]]}}, "24:01"),
            ({"weekly": {"mon": [["24:00", "25:00"]]}}, "25:00"),
            ({"weekly": {"mon": [["12:00", "08:00"]]}}, "12:00-08:00"),
            ({"weekly": {"mon": [["08:00", "08:00"]]}}, "08:00-08:00"),
            ({"weekly": {"mon": [["22:00", "06:00"]]}}, "22:00-06:00"),
            ({"weekly": {"mon": [["08:00", "12:00"], ["11:59", "17:30"]]}}, "11:59-17:30"),
            ({"weekly": {"mon": [["08:00", "12:00"], ["08:00", "12:00"]]}}, "08:00-12:00"),
            ({"closed": ["2026-02-30"]}, "2026-02-30"),
            ({"closed": ["20260101"]}, "20260101"),
            ({"closed": "2026-01-01"}, "2026-01-01"),
            ({"closed": [None]}, "None"),
            ({"special": {"10/01/2026": []}}, "10/01/2026"),
            ({"special": {"2026-01-10": [["08:00", "07:00"]]}}, "2026-01-10"),
            ({"holidays": []}, "holidays"),
        ],
    )
    def test_a_bad_calendar_is_refused_and_the_value_named(self, part, named):
        with pytest.raises(CalendarError) as caught:
            WorkingCalendar.from_dict({**HANOI_DATA, **part})
        assert named in str(caught.value)
        assert str(caught.value).endswith(".")

    @pytest.mark.parametrize("data", [None, [], "calendar"])
    def test_something_else_is_no_calendar(self, data):
        with pytest.raises(CalendarError):
            WorkingCalendar.from_dict(data)

    def test_a_calendar_error_is_a_value_error(self):
        assert issubclass(CalendarError, ValueError)

    def test_no_opening_within_366_days(self):
        never = WorkingCalendar.from_dict({"timezone": "UTC", "weekly": {}})
        start = datetime(2026, 1, 1, tzinfo=UTC)
        for action in (
            lambda: never.add(start, HOUR),
            lambda: never.add(start, timedelta(0)),
            lambda: never.next_opening(start),
            lambda: never.next_working_day(start.date()),
        ):
            with pytest.raises(CalendarError, match=r"366 days of 2026-01-01"):
                action()
        assert never.between(start, start + timedelta(days=3)) == timedelta(0)

    def test_an_opening_on_day_366_is_found_and_one_on_day_367_is_not(self):
        once = WorkingCalendar.from_dict({"timezone": "UTC", "special": {"2027-01-02": [["08:00", "09:00"]]}})
        assert once.add(datetime(2026, 1, 1, tzinfo=UTC), HOUR) == datetime(2027, 1, 2, 9, tzinfo=UTC)
        with pytest.raises(CalendarError):
            once.add(datetime(2025, 12, 31, tzinfo=UTC), HOUR)
        with pytest.raises(CalendarError):
            once.add(datetime(2026, 1, 1, tzinfo=UTC), HOUR + MICROSECOND)

    def test_naive_times(self):
        naive, aware = datetime(2026, 11, 23, 9), hanoi("2026-11-23 09:00")  # noqa: DTZ001
        for action in (
            lambda: HANOI.add(naive, HOUR),
            lambda: HANOI.between(naive, aware),
            lambda: HANOI.between(aware, naive),
            lambda: HANOI.is_open(naive),
            lambda: HANOI.next_opening(naive),
            lambda: HANOI.local_date(naive),
        ):
            with pytest.raises(CalendarError, match="2026-11-23T09:00:00 has no time zone"):
                action()

    def test_other_types(self):
        with pytest.raises(CalendarError, match="2026-11-23"):
            HANOI.is_open("2026-11-23")
        with pytest.raises(CalendarError, match="60"):
            HANOI.add(hanoi("2026-11-23 09:00"), 60)

    def test_negative_amounts(self):
        start = hanoi("2026-11-23 09:00")
        with pytest.raises(CalendarError, match="negative"):
            HANOI.add(start, -MICROSECOND)
        with pytest.raises(CalendarError, match="before the start"):
            HANOI.between(start, start - MICROSECOND)
        assert HANOI.between(start, start) == timedelta(0)

    def test_time_is_measured_and_added_over_twenty_years(self):
        start = hanoi("2026-11-23 08:00")
        assert HANOI.between(start, start.replace(year=2046)) > 4_900 * 8 * HOUR
        for first, last in [(1000, 9000), (2026, 2047)]:
            with pytest.raises(CalendarError, match="at most 20 years"):
                HANOI.between(start.replace(year=first), start.replace(year=last))
        with pytest.raises(CalendarError, match="more than 20 years"):
            HANOI.add(start, timedelta(days=100_000))

    def test_the_ends_of_time(self):
        for start in (datetime.max.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC)):
            with pytest.raises(CalendarError, match="years 1 to 9999"):
                HANOI.add(start, HOUR)


class TestAsData:
    def test_what_is_written_is_what_was_read(self):
        assert HANOI.to_dict() == HANOI_DATA
        assert WorkingCalendar.from_dict(HANOI.to_dict()) == HANOI

    def test_order_does_not_matter(self):
        first = WorkingCalendar.from_dict(
            {
                "timezone": "UTC",
                "weekly": {"tue": [], "mon": [["13:00", "14:00"], ["08:00", "09:00"]]},
                "closed": ["2026-01-02", "2026-01-01"],
            }
        )
        second = WorkingCalendar.from_dict(
            {
                "timezone": "UTC",
                "closed": ["2026-01-01", "2026-01-02"],
                "weekly": {"mon": [["08:00", "09:00"], ["13:00", "14:00"]]},
            }
        )
        assert first == second
        assert hash(first) == hash(second)
        assert first != HANOI

    def test_travels_between_processes(self):
        assert pickle.loads(pickle.dumps(HANOI)) == HANOI  # noqa: S301
