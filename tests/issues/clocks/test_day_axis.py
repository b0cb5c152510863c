"""Marks on the axis of the day."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from core.today import Today
from issues.clocks.day_axis import hour_marks, opening_marks

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = Today(now=datetime(2026, 11, 18, 15, 20, tzinfo=HANOI), periods=((480, 720), (810, 1050)), is_known=True)


def at(hour: int, minute: int = 0) -> Today:
    return replace(DAY, now=datetime(2026, 11, 18, hour, minute, tzinfo=HANOI))


def test_hours_of_the_wall_keep_clear_of_the_needle() -> None:
    assert [mark.label for mark in hour_marks(DAY)] == [
        "08",
        "09",
        "10",
        "11",
        "12",
        "13:30",
        "14:30",
        "16:30",
        "17:30",
    ]
    assert [mark.label for mark in hour_marks(at(7))][-1] == "17:30"


def test_the_axis_of_the_board_leaves_room_for_the_time_at_the_needle() -> None:
    assert [mark.label for mark in opening_marks(at(10, 30))] == ["08", "12", "13:30", "17:30"]
    assert [mark.label for mark in opening_marks(at(16, 40))] == ["08", "12", "13:30"]
    assert [mark.label for mark in opening_marks(at(8, 5))] == ["12", "13:30", "17:30"]
    assert [mark.label for mark in opening_marks(at(10, 30), "12")] == ["8", "12", "1:30", "5:30"]


def test_a_day_without_hours_has_no_marks() -> None:
    assert hour_marks(replace(DAY, periods=())) == opening_marks(replace(DAY, periods=())) == []
