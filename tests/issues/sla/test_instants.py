"""Instants and durations as whole microseconds."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issues.sla import CalendarError
from issues.sla.instants import DAY, MINUTE, amount, from_micros, span, to_micros

HANOI = timezone(timedelta(hours=7))


@given(st.datetimes(min_value=datetime(1, 1, 2), timezones=st.sampled_from([UTC, HANOI])))  # noqa: DTZ001
def test_there_and_back(at: datetime) -> None:
    assert from_micros(to_micros(at), at.tzinfo) == at


def test_the_zone_does_not_change_the_instant() -> None:
    assert to_micros(datetime(2026, 11, 18, 9, tzinfo=HANOI)) == to_micros(datetime(2026, 11, 18, 2, tzinfo=UTC))


@given(st.timedeltas(min_value=timedelta(0)))
def test_durations_are_exact(duration: timedelta) -> None:
    assert timedelta(microseconds=span(duration)) == duration
    assert amount(duration, "target") == span(duration)


def test_units() -> None:
    assert span(timedelta(days=1)) == DAY
    assert span(timedelta(minutes=1)) == MINUTE
    assert from_micros(0, UTC) == datetime(1970, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("at", [datetime(2026, 11, 18), None, "2026-11-18"])  # noqa: DTZ001
def test_what_is_no_instant_is_named(at: object) -> None:
    with pytest.raises(CalendarError, match="start"):
        to_micros(at, "start")  # type: ignore[arg-type]


@pytest.mark.parametrize("duration", [timedelta(microseconds=-1), 5, None])
def test_what_is_no_amount_is_named(duration: object) -> None:
    with pytest.raises(CalendarError, match="target"):
        amount(duration, "target")  # type: ignore[arg-type]


def test_beyond_the_calendar() -> None:
    with pytest.raises(CalendarError):
        from_micros(400_000 * 366 * DAY, UTC)
