"""Charts: positions only."""

from issues.charts import charts


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
