"""Clocks on a page: what each tag is given to draw."""

import pytest
from django.template import Context
from django.utils import translation

from issues.charts import daybar as drawing
from issues.templatetags import daybar
from tests.issues.clockviews import a_view, at


@pytest.fixture(autouse=True)
def _english() -> None:
    translation.activate("en")


class Reader:
    def __init__(self, time_format: str) -> None:
        self.time_format = time_format


@pytest.mark.parametrize("tag", [daybar.daybar_lg, daybar.daybar_row, daybar.clock_words, daybar.clock_brief])
def test_without_a_clock_there_is_nothing_to_say(tag) -> None:
    shown = tag(Context(), None)
    assert (shown["view"], shown["words"]) == (None, None)


def test_a_row_has_the_bar_of_today() -> None:
    assert daybar.daybar_row(Context(), a_view())["day"] is not None


def test_what_was_over_before_today_has_no_bar() -> None:
    over = a_view("done", started_at=at("09:00", 17), stopped_at=at("10:00", 17), met=True)
    assert daybar.daybar_row(Context(), over)["day"] is None


@pytest.mark.parametrize(
    ("time_format", "morning", "half_past"), [("24", "08", "13:30"), ("12", "8", "1:30"), ("", "08", "13:30")]
)
def test_hours_as_the_reader_counts_them(time_format: str, morning: str, half_past: str) -> None:
    context, view = Context({"user": Reader(time_format)}), a_view()
    labels = [
        daybar.hour_label(context, drawing.Hour(position=0, at=at(hour), key=True), view) for hour in ("08:00", "13:30")
    ]
    assert labels == [morning, half_past]


@pytest.mark.parametrize(("day", "said"), [(18, "today"), (19, "tomorrow"), (17, "yesterday"), (16, "")])
def test_near_days_have_a_name(day: int, said: str) -> None:
    view = a_view(started_at=at("09:00", 16))
    drawn = next(one for one in drawing.days(view, [a_view(due_at=at("17:30", 19))]) if one.date.day == day)
    text = daybar.bar_day(drawn, view)
    assert str(day) in text
    assert text.rpartition(", ")[2] == said if said else ", t" not in text
    assert str(day) in daybar.bar_cell(drawn)
