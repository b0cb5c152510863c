from datetime import UTC, datetime, timedelta

import pytest

from issues.sla import (
    CalendarError,
    SameDay,
    WorkingCalendar,
    WorkingDays,
    WorkingTime,
    deadline,
    target_from_dict,
    target_to_dict,
)

from .examples import HANOI, OFFICE, every_day, hanoi, local

HOUR = timedelta(hours=1)


def due(start, target=None, pauses=()):
    return deadline(calendar=HANOI, target=target or SameDay(), start=hanoi(start), pauses=pauses).due_at


@pytest.mark.parametrize(
    ("target", "data"),
    [
        (SameDay(), {"type": "same_day", "minimum_minutes": 120}),
        (SameDay(timedelta(0)), {"type": "same_day", "minimum_minutes": 0}),
        (WorkingTime(timedelta(hours=1)), {"type": "working_time", "minutes": 60}),
        (WorkingTime(timedelta(seconds=90)), {"type": "working_time", "minutes": 1.5}),
        (WorkingDays(5), {"type": "working_days", "days": 5}),
    ],
)
def test_a_target_is_kept_as_data(target, data):
    assert target_to_dict(target) == data
    assert target_from_dict(data) == target


def test_same_day_needs_two_hours_unless_told_otherwise():
    assert target_from_dict({"type": "same_day"}) == SameDay(timedelta(hours=2))


@pytest.mark.parametrize(
    ("data", "named"),
    [
        ({}, "{}"),
        (None, "None"),
        ({"type": "tomorrow"}, "tomorrow"),
        ({"type": "working_days"}, "working_days"),
        ({"type": "working_days", "days": "5"}, "'5'"),
        ({"type": "working_days", "days": True}, "True"),
        ({"type": "working_days", "days": 0}, "0 working days"),
        ({"type": "working_days", "days": 10**9}, "1000000000"),
        ({"type": "working_days", "days": 5, "hours": 1}, "hours"),
        ({"type": "working_time", "minutes": -1}, "negative"),
        ({"type": "working_time", "minutes": float("nan")}, "nan"),
        ({"type": "working_time", "minutes": 10**15}, "1000000000000000"),
        ({"type": "working_time", "minutes": 10**7}, "longer than 3660 days"),
        ({"type": "same_day", "minimum_minutes": None}, "None"),
        ({"type": "same_day", "minimum_minutes": -5}, "negative"),
    ],
)
def test_anything_else_is_refused_and_the_value_named(data, named):
    with pytest.raises(CalendarError) as caught:
        target_from_dict(data)
    assert named in str(caught.value)


def test_amounts_are_checked_on_construction():
    for make in (
        lambda: SameDay(timedelta(hours=-1)),
        lambda: SameDay(2),
        lambda: WorkingTime(timedelta(microseconds=-1)),
        lambda: WorkingDays(-1),
        lambda: target_to_dict("same_day"),
    ):
        with pytest.raises(CalendarError):
            make()


class TestSameDay:
    @pytest.mark.parametrize(
        ("received", "answered_by"),
        [
            ("2026-11-23 00:00", "2026-11-23 17:30"),
            ("2026-11-23 08:00", "2026-11-23 17:30"),
            ("2026-11-23 12:30", "2026-11-23 17:30"),  # lunch
            ("2026-11-23 15:29:59.999999", "2026-11-23 17:30"),
            ("2026-11-23 15:30", "2026-11-23 17:30"),  # exactly two hours left
            ("2026-11-23 15:30:00.000001", "2026-11-25 17:30"),  # a microsecond too late, and the 24th is closed
            ("2026-11-23 17:30", "2026-11-25 17:30"),
            ("2026-11-23 23:59:59.999999", "2026-11-25 17:30"),
            ("2026-11-24 10:00", "2026-11-25 17:30"),  # on the closed day
            ("2026-11-20 18:00", "2026-11-23 17:30"),  # Friday evening
            ("2026-11-21 09:00", "2026-11-23 17:30"),  # Saturday
            ("2026-02-13 15:31", "2026-02-23 17:30"),  # before Tet
            ("2026-02-13 15:30", "2026-02-13 17:30"),
            ("2026-01-09 16:00", "2026-01-10 17:30"),  # before a make-up Saturday
            ("2026-01-10 15:30", "2026-01-10 17:30"),  # on it
            ("2026-01-10 15:31", "2026-01-12 17:30"),  # too late on it
            ("2025-12-31 16:00", "2026-01-05 17:30"),  # year's end
            ("2026-07-31 16:00", "2026-08-03 17:30"),  # month's end
        ],
    )
    def test_due_that_day_or_the_next_working_day(self, received, answered_by):
        assert due(received) == hanoi(answered_by)

    def test_the_day_is_the_local_one(self):
        late_in_utc = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)
        assert deadline(calendar=HANOI, target=SameDay(), start=late_in_utc).due_at == hanoi("2026-11-23 17:30")

    def test_a_day_shorter_than_the_minimum_is_never_enough_for_its_own_receipts(self):
        calendar = WorkingCalendar.from_dict(
            {"timezone": "Asia/Ho_Chi_Minh", "weekly": {"fri": OFFICE, "sat": [["08:00", "09:00"]], "mon": OFFICE}}
        )
        early = deadline(calendar=calendar, target=SameDay(), start=hanoi("2026-11-21 07:00"))
        assert early.due_at == hanoi("2026-11-23 17:30")
        before = deadline(calendar=calendar, target=SameDay(), start=hanoi("2026-11-20 16:00"))
        assert before.due_at == hanoi("2026-11-21 09:00")

    def test_without_a_minimum_it_is_due_that_day_until_the_closing(self):
        target = SameDay(timedelta(0))
        assert due("2026-11-23 17:30", target) == hanoi("2026-11-23 17:30")
        assert due("2026-11-23 17:30:00.000001", target) == hanoi("2026-11-25 17:30")

    def test_a_shift_until_24_is_due_at_midnight(self):
        calendar = every_day("Asia/Ho_Chi_Minh", ["16:00", "24:00"])
        for received, answered_by in [("22:00", "2026-11-24 00:00"), ("22:01", "2026-11-25 00:00")]:
            found = deadline(calendar=calendar, target=SameDay(), start=hanoi(f"2026-11-23 {received}"))
            assert found.due_at == hanoi(answered_by)

    def test_two_hours_are_two_hours_on_the_day_of_a_change(self):
        calendar = every_day("Europe/Berlin", ["00:00", "04:00"])
        for received, answered_by in [
            ("2026-03-29 01:00", "2026-03-29 04:00"),  # the hour from two to three is skipped
            ("2026-03-29 01:01", "2026-03-30 04:00"),
        ]:
            found = deadline(calendar=calendar, target=SameDay(), start=local(received, "Europe/Berlin"))
            assert found.due_at == local(answered_by, "Europe/Berlin")
        twice = datetime(2026, 10, 25, 1, tzinfo=UTC)  # two o'clock for the second time
        assert deadline(calendar=calendar, target=SameDay(), start=twice).due_at == twice + 2 * HOUR


class TestOtherTargets:
    @pytest.mark.parametrize(
        ("received", "time", "answered_by"),
        [
            ("2026-11-23 11:45", timedelta(minutes=30), "2026-11-23 13:45"),
            ("2026-11-23 16:30", HOUR, "2026-11-23 17:30"),
            ("2026-11-23 16:31", HOUR, "2026-11-25 08:01"),
            ("2026-11-21 12:00", HOUR, "2026-11-23 09:00"),
            ("2026-11-23 11:00:00.000007", HOUR, "2026-11-23 13:30:00.000007"),
            ("2026-11-23 12:15", timedelta(0), "2026-11-23 13:30"),
        ],
    )
    def test_working_time(self, received, time, answered_by):
        assert due(received, WorkingTime(time)) == hanoi(answered_by)

    @pytest.mark.parametrize(
        ("received", "days", "answered_by"),
        [
            ("2026-11-23 00:01", 1, "2026-11-25 17:30"),
            ("2026-11-23 17:29", 5, "2026-12-01 17:30"),
            ("2026-11-21 10:00", 1, "2026-11-23 17:30"),
            ("2026-02-13 10:00", 5, "2026-02-27 17:30"),
            ("2026-01-09 10:00", 1, "2026-01-10 17:30"),
            ("2025-12-31 10:00", 1, "2026-01-05 17:30"),
        ],
    )
    def test_working_days(self, received, days, answered_by):
        assert due(received, WorkingDays(days)) == hanoi(answered_by)


def test_what_is_no_target_is_refused():
    with pytest.raises(CalendarError, match="same_day"):
        deadline(calendar=HANOI, target="same_day", start=hanoi("2026-11-23 09:00"))
