"""Quiet hours and digests: cases, and properties over any wish and any instant."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issues.models import DigestTime
from issues.notifications.timing import Timing, is_quiet, next_digest, quiet_until
from issues.sla import WorkingCalendar
from tests.issues.conftest import HANOI, at

WEEK = {day: [["08:00", "12:00"], ["13:30", "17:30"]] for day in ("mon", "tue", "wed", "thu", "fri")}
CALENDAR = WorkingCalendar.from_dict(
    {
        "timezone": "Asia/Ho_Chi_Minh",
        "weekly": WEEK,
        "closed": ["2026-11-20"],
        "special": {"2026-11-21": [["08:00", "10:00"]]},
    }
)
NIGHT = Timing(quiet_from=time(21), quiet_to=time(7))
NOON = Timing(quiet_from=time(12), quiet_to=time(13, 30))
FREE_DAYS = Timing(quiet_closed_days=True)
BOTH = Timing(quiet_from=time(21), quiet_to=time(7), quiet_closed_days=True)
# 18/11/2026 is a Wednesday; Friday the 20th is closed, Saturday the 21st is open from 8 to 10.


@pytest.mark.parametrize(
    ("timing", "moment", "free"),
    [
        (Timing(), "2026-11-18 03:00", "2026-11-18 03:00"),
        (NIGHT, "2026-11-18 20:59", "2026-11-18 20:59"),
        (NIGHT, "2026-11-18 21:00", "2026-11-19 07:00"),
        (NIGHT, "2026-11-19 06:59", "2026-11-19 07:00"),
        (NIGHT, "2026-11-19 07:00", "2026-11-19 07:00"),
        (NOON, "2026-11-18 12:00", "2026-11-18 13:30"),
        (FREE_DAYS, "2026-11-20 09:00", "2026-11-21 08:00"),  # a holiday, then a make-up day
        (FREE_DAYS, "2026-11-22 09:00", "2026-11-23 08:00"),
        (FREE_DAYS, "2026-11-18 23:00", "2026-11-18 23:00"),
        (BOTH, "2026-11-19 22:00", "2026-11-21 08:00"),  # the night leads into the holiday
        (BOTH, "2026-11-21 21:30", "2026-11-23 08:00"),
        (Timing(quiet_from=time(9), quiet_to=time(9)), "2026-11-18 09:00", "2026-11-18 09:00"),
    ],
)
def test_quiet_hours(timing, moment, free):
    assert quiet_until(timing, CALENDAR, at(moment)) == at(free)


@pytest.mark.parametrize(
    ("timing", "moment", "digest"),
    [
        (Timing(), "2026-11-18 07:59", "2026-11-18 08:00"),
        (Timing(), "2026-11-18 08:00", "2026-11-19 08:00"),
        (Timing(), "2026-11-19 12:00", "2026-11-21 08:00"),
        (Timing(digest_time=DigestTime.CLOSING), "2026-11-18 08:00", "2026-11-18 17:30"),
        (Timing(digest_time=DigestTime.CLOSING), "2026-11-20 08:00", "2026-11-21 10:00"),
        (Timing(digest_time=DigestTime.HOUR, digest_hour=6), "2026-11-20 08:00", "2026-11-21 06:00"),
        (Timing(digest_time=DigestTime.HOUR, digest_hour=22, quiet_from=time(21), quiet_to=time(7)),
         "2026-11-18 08:00", "2026-11-19 07:00"),
        (Timing(digest_time=DigestTime.HOUR, digest_hour=9, quiet_closed_days=True),
         "2026-11-19 10:00", "2026-11-21 08:00"),
    ],
)  # fmt: skip
def test_digests(timing, moment, digest):
    assert next_digest(timing, CALENDAR, at(moment)) == at(digest)


hours = st.none() | st.times().map(lambda t: t.replace(second=0, microsecond=0))


@st.composite
def timings(draw):
    start = draw(hours)
    end = None if start is None else draw(st.times()).replace(second=0, microsecond=0)
    return Timing(
        digest_time=draw(st.sampled_from(DigestTime.values)),
        digest_hour=draw(st.integers(0, 23)),
        quiet_from=start,
        quiet_to=end,
        quiet_closed_days=draw(st.booleans()),
    )


instants = st.integers(0, 60 * 24 * 60).map(lambda minutes: at("2026-11-01 00:00") + timedelta(minutes=minutes))


def quiet_by_the_minute(timing: Timing, moment: datetime) -> bool:
    """The rule again, said in another way: is this minute inside a window, or its day closed?"""
    if timing.quiet_closed_days and not CALENDAR.is_working_day(moment.date()):
        return True
    if timing.quiet_from is None or timing.quiet_to is None or timing.quiet_from == timing.quiet_to:
        return False
    for day in (moment.date() - timedelta(days=1), moment.date()):
        start = datetime.combine(day, timing.quiet_from, HANOI)
        length = (_minutes(timing.quiet_to) - _minutes(timing.quiet_from)) % 1440
        if start <= moment < start + timedelta(minutes=length):
            return True
    return False


def _minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute


@given(timings(), instants)
def test_what_is_free_is_exactly_what_is_not_quiet(timing, moment):
    assert is_quiet(timing, CALENDAR, moment) == quiet_by_the_minute(timing, moment)
    free = quiet_until(timing, CALENDAR, moment)
    assert free >= moment
    assert not quiet_by_the_minute(timing, free)
    assert quiet_until(timing, CALENDAR, free) == free


@given(timings(), instants)
def test_a_digest_comes_later_but_not_much_and_never_in_quiet_hours(timing, moment):
    digest = next_digest(timing, CALENDAR, moment)
    assert moment < digest <= moment + timedelta(days=7)
    assert not quiet_by_the_minute(timing, digest)


def test_without_any_working_day_mail_goes_all_the_same():
    never = WorkingCalendar.from_dict({"timezone": "Asia/Ho_Chi_Minh", "weekly": {}})
    moment = at("2026-11-18 09:00")
    assert quiet_until(FREE_DAYS, never, moment) == moment
    assert next_digest(Timing(), never, moment) == moment
    assert date(2026, 11, 18) == moment.date()
