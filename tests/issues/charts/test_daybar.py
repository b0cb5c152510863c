import itertools
from datetime import timedelta
from typing import Any

import pytest

from issues.charts import daybar
from issues.clocks.clock_view import ClockView
from issues.sla import WorkingCalendar
from tests.issues.clockviews import CALENDAR, ZONE, a_view, at, paused_and_resumed

MINUTE = timedelta(minutes=1)


def clock_time(position: float, *, closes: str = "17:30") -> str:
    """The time of day that a position (0 to 100) of a bar stands for."""
    start, end = at("08:00"), at(closes)
    return f"{start + round((end - start) * position / 100 / MINUTE) * MINUTE:%H:%M}"


def segments(day: daybar.Day, *, closes: str = "17:30") -> list[tuple[str, str, str]]:
    return [(s.kind, clock_time(s.start, closes=closes), clock_time(s.end, closes=closes)) for s in day.segments]


def marks(day: daybar.Day) -> dict[str, str]:
    return {mark.kind: clock_time(mark.position) for mark in day.marks}


def labels(day: daybar.Day) -> dict[str, str]:
    return {mark.kind: mark.classes if mark.labelled else "" for mark in day.marks}


def test_a_pause_moves_the_due_time_to_the_next_day() -> None:
    wednesday, thursday = daybar.days(paused_and_resumed())
    assert segments(wednesday) == [
        ("open", "08:00", "17:30"),
        ("used", "08:20", "09:00"),
        ("pause", "09:00", "10:30"),
        ("used", "10:30", "15:20"),
        ("left", "15:20", "17:30"),
    ]
    assert marks(wednesday) == {"received": "08:20", "now": "15:20", "wasdue": "17:30"}
    assert segments(thursday) == [("open", "08:00", "17:30"), ("left", "08:00", "09:30")]
    assert marks(thursday) == {"due": "09:30"}
    assert labels(thursday) == {"due": "at due start"}


def test_the_lunch_break_is_the_gap() -> None:
    day = daybar.days(a_view())[0]
    assert [clock_time(edge) for edge in day.gap] == ["12:00", "13:30"]


def test_the_scale_names_every_full_hour_and_the_edges_in_large() -> None:
    hours = daybar.days(a_view())[0].hours
    assert [hour.at.strftime("%H:%M") for hour in hours if hour.key] == ["08:00", "12:00", "13:30", "17:30"]
    assert [hour.at.hour for hour in hours] == [8, 9, 10, 11, 12, 13, 14, 15, 16, 17]
    assert all(clock_time(hour.position) == hour.at.strftime("%H:%M") for hour in hours)


def test_overdue_is_red_from_the_due_time_on() -> None:
    day = daybar.days(a_view("late", due_at=at("11:00"), left=timedelta(hours=-2, minutes=-50)))[0]
    assert segments(day) == [("open", "08:00", "17:30"), ("used", "08:00", "11:00"), ("late", "11:00", "15:20")]


def test_while_paused_nothing_is_left_to_draw() -> None:
    view = a_view("paused", due_at=None, was_due_at=at("17:30"), pauses=((at("11:20"), None),))
    assert segments(daybar.days(view)[0]) == [
        ("open", "08:00", "17:30"),
        ("used", "08:00", "11:20"),
        ("pause", "11:20", "15:20"),
    ]


def test_a_pause_after_the_due_time_keeps_what_was_late() -> None:
    view = a_view("paused", due_at=None, was_due_at=at("11:00"), pauses=((at("14:30"), None),))
    assert segments(daybar.days(view)[0])[1:] == [
        ("used", "08:00", "11:00"), ("late", "11:00", "14:30"), ("pause", "14:30", "15:20"),
    ]  # fmt: skip


def test_answered_has_a_block_and_no_needle() -> None:
    day = daybar.days(a_view("done", stopped_at=at("10:52"), met=True))[0]
    assert segments(day) == [("open", "08:00", "17:30"), ("used", "08:00", "10:52")]
    assert marks(day) == {"received": "08:00", "answered": "10:52", "due": "17:30"}


def test_withdrawn_has_no_block() -> None:
    assert "answered" not in marks(daybar.days(a_view("done", stopped_at=at("10:52")))[0])


def test_a_promise_begins_at_the_needle_and_names_the_last_moment() -> None:
    view = a_view("promise", started_at=at("15:20"), cutoff_at=at("15:30"), used=timedelta())
    day = daybar.days(view)[0]
    assert segments(day) == [("open", "08:00", "17:30"), ("left", "15:20", "17:30")]
    assert labels(day) == {"now": "at now", "cutoff": "at cutoff end", "due": "at due"}


def test_received_in_the_evening_begins_on_the_next_working_day() -> None:
    view = a_view("promise", now=at("19:10", 20), started_at=at("19:10", 20), due_at=at("17:30", 23), used=timedelta())
    (monday,) = daybar.days(view)
    assert monday.date.day == 23
    assert segments(monday) == [("open", "08:00", "17:30"), ("left", "08:00", "17:30")]
    assert marks(monday) == {"due": "17:30"}


def test_closed_days_have_no_bar() -> None:
    view = a_view(started_at=at("16:00", 20), due_at=at("17:30", 23), now=at("09:00", 21))
    assert [day.date.day for day in daybar.days(view)] == [20, 23]


def test_a_long_wait_shows_the_newest_days_only() -> None:
    assert len(daybar.days(a_view("late", now=at("09:00", 30), started_at=at("08:00", 2), due_at=at("17:30", 2)))) == 20


def test_a_closing_at_midnight_belongs_to_its_day() -> None:
    late_shift = WorkingCalendar.from_dict(
        {"timezone": ZONE.key, "weekly": {"wed": [["18:00", "24:00"]], "thu": [["18:00", "24:00"]]}}
    )
    view = a_view(calendar=late_shift, started_at=at("18:00"), now=at("21:00"), due_at=at("00:00", 19))
    (day,) = daybar.days(view)
    assert {mark.kind: mark.position for mark in day.marks} == {"received": 0, "now": 50, "due": 100}
    assert day.gap == (100, 100)


def test_several_breaks_cut_the_segments() -> None:
    shifts = [["08:00", "10:00"], ["10:30", "12:30"], ["14:00", "18:00"]]
    calendar = WorkingCalendar.from_dict({"timezone": ZONE.key, "weekly": {"wed": shifts}})
    day = daybar.days(a_view(calendar=calendar, due_at=at("18:00")))[0]
    assert day.gap == (100, 100)
    assert segments(day, closes="18:00") == [
        ("open", "08:00", "10:00"), ("open", "10:30", "12:30"), ("open", "14:00", "18:00"),
        ("used", "08:00", "10:00"), ("used", "10:30", "12:30"), ("used", "14:00", "15:20"), ("left", "15:20", "18:00"),
    ]  # fmt: skip


class TestRow:
    """A row of a list always has today's axis."""

    def row(self, **fields: Any) -> daybar.Day:
        day = daybar.row(a_view(**fields))
        assert day is not None
        return day

    def test_began_before_today(self) -> None:
        day = self.row(started_at=at("16:40", 17))
        assert marks(day) == {"now": "15:20", "due": "17:30"}
        assert segments(day) == [("open", "08:00", "17:30"), ("used", "08:00", "15:20"), ("left", "15:20", "17:30")]

    def test_due_later_has_no_closing_bracket(self) -> None:
        assert marks(self.row(due_at=at("09:30", 19))) == {"received": "08:00", "now": "15:20"}

    def test_long_overdue_is_red_all_day(self) -> None:
        day = self.row(state="late", started_at=at("08:00", 16), due_at=at("17:30", 17))
        assert segments(day) == [("open", "08:00", "17:30"), ("late", "08:00", "15:20")]

    def test_no_axis_on_a_closed_day(self) -> None:
        assert daybar.row(a_view(now=at("10:00", 22))) is None


@pytest.mark.parametrize(
    ("due", "classes"),
    [("09:00", "at due start"), ("16:00", "at due start"), ("17:30", "at due"), ("14:00", "at due")],
)
def test_the_side_of_the_due_label(due: str, classes: str) -> None:
    day = daybar.days(a_view(due_at=at(due)))[0]
    assert labels(day)["due"] == classes


def test_labels_never_lie_on_each_other() -> None:
    for minute in range(0, 240, 7):
        started = at("13:30") + timedelta(minutes=minute)
        view: ClockView = a_view("done", started_at=started, stopped_at=started + timedelta(minutes=5), met=True)
        spans = sorted(m.span for m in daybar.days(view)[0].marks if m.labelled)
        assert all(end <= start for (_a, end), (start, _b) in itertools.pairwise(spans))


def test_percent_is_css_in_every_language() -> None:
    assert [daybar.percent(value) for value in (0.0, 100.0, 42.105)] == ["0%", "100%", "42.1%"]


def test_the_calendar_is_the_one_of_the_examples() -> None:
    assert CALENDAR.between(at("08:00"), at("17:30")) == timedelta(hours=8)
