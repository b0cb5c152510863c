from datetime import UTC, datetime, timedelta

import pytest

from core import today as today_module
from core.today import Today, today


def _day(hour: int, minute: int = 0, periods=((480, 720), (810, 1050))) -> Today:
    local = datetime(2026, 11, 18, hour, minute, tzinfo=UTC)
    return Today(now=local, periods=periods, is_known=True)


@pytest.mark.parametrize(
    ("hour", "minute", "left", "percent"),
    [(15, 20, 130, 77.19), (6, 0, 480, 0), (12, 30, 240, 47.37), (8, 0, 480, 0), (17, 30, 0, 100), (20, 0, 0, 100)],
)
def test_what_is_left_and_where_the_needle_stands(hour, minute, left, percent):
    day = _day(hour, minute)
    assert day.minutes_left == left
    assert round(day.fraction * 100, 2) == percent


def test_the_gap_is_the_lunch_break():
    assert [round(edge * 100, 3) for edge in _day(9).gap] == [42.105, 57.895]
    assert _day(9, periods=((480, 720),)).gap == (1.0, 1.0)
    assert _day(9).periods_text == ["08:00–12:00", "13:30–17:30"]


def test_a_day_without_periods_is_no_working_day():
    day = _day(9, periods=())
    assert not day.is_working_day
    assert (day.minutes_left, day.fraction, day.gap) == (0, 0.0, (1.0, 1.0))


def test_registered_calendar_is_read_in_local_time(monkeypatch):
    monkeypatch.setattr(today_module, "_readers", [])
    moment = datetime(2026, 11, 18, 8, 20, tzinfo=UTC)
    assert not today(moment).is_known
    midnight = datetime(2026, 11, 17, 17, 0, tzinfo=UTC)
    today_module.register(lambda _now: [(midnight + timedelta(hours=8), midnight + timedelta(hours=24))])
    found = today(moment)
    assert found.periods == ((480, 1440),)
    assert found.minute == 15 * 60 + 20
