"""Charts and the day's axis: positions only."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from core.today import Today
from issues.charts import charts
from issues.clocks.day_axis import hour_marks, opening_marks

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = Today(now=datetime(2026, 11, 18, 15, 20, tzinfo=HANOI), periods=((480, 720), (810, 1050)), is_known=True)


def at(hour: int, minute: int = 0) -> Today:
    return replace(DAY, now=datetime(2026, 11, 18, hour, minute, tzinfo=HANOI))


def test_bars_stand_on_one_axis_and_share_one_scale() -> None:
    chart = charts.bars([("1", 2, 0), ("2", 4, 1), ("3", 0, 0)])
    heights = [(bar.up_height, bar.down_height) for bar in chart.bars]
    assert heights == [(30, 0), (60, 15), (0, 0)]
    assert all(bar.top + bar.up_height == chart.axis for bar in chart.bars)
    assert chart.bars[1].below_label < chart.label_at


def test_many_cases_shrink_and_many_days_lose_labels() -> None:
    chart = charts.bars([(str(n), 1000, 0) for n in range(30)])
    assert max(bar.up_height for bar in chart.bars) <= 105
    assert sum(bool(bar.label) for bar in chart.bars) == 10


def test_nothing_to_draw_is_no_error() -> None:
    assert charts.bars([]).bars == []
    assert charts.line([], 0).path == ""


def test_a_line_leaves_out_what_is_not_known_and_names_its_ends() -> None:
    line = charts.line([("1", 60, "1:00"), ("2", None, ""), ("3", 120, "2:00"), ("4", 60, "1:00")], 60)
    assert len(line.points) == 3
    assert [point.value for point in line.points] == ["1:00", "2:00", ""]
    assert line.points[1].y < line.points[0].y == line.middle
    assert len(line.labels) == 4


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
