from datetime import timedelta

import pytest

from issues.sla import CalendarError, SameDay, WorkingDays, WorkingTime, target_from_dict, target_to_dict


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
