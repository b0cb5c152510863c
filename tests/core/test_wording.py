from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from core import wording

NOW = datetime(2026, 11, 18, 8, 20, tzinfo=UTC)  # Wednesday 15:20 in Hà Nội


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [
        (8000, "8.000", "8,000"),
        (Decimal("27.70"), "27,7", "27.7"),
        (0.005, "0,01", "0.01"),
        (1234567.891, "1.234.567,89", "1,234,567.89"),
        (0, "0", "0"),
        (-3.5, "−3,5", "−3.5"),
        (100, "100", "100"),
        (None, None, None),
    ],
)
def test_number(value, vi, en):
    assert wording.number(value, language="vi") == vi
    assert wording.number(value, language="en") == en


def test_money_names_its_unit_in_each_language():
    assert wording.money(8000, language="vi") == "8.000 tỷ đồng"
    assert wording.money(8000, language="en") == "VND 8,000 billion"
    assert wording.money(None, Decimal("12.5"), language="vi") == "12,5 triệu USD"
    assert wording.money(100, 4, language="en") == "VND 100 billion; USD 4 million"
    assert wording.money(None, None, language="vi") is None


def test_area_percent_and_size():
    assert wording.area(Decimal("27.7"), language="vi") == "27,7 ha"
    assert wording.percent(0.914, language="vi") == "91 %"
    assert wording.percent(0.914, digits=1, language="en") == "91.4%"
    assert wording.file_size(420_000, language="vi") == "420 KB"
    assert wording.file_size(1_250_000, language="vi") == "1,3 MB"
    assert wording.file_size(3, language="en") == "1 KB"


@pytest.mark.parametrize(
    ("amount", "vi", "en"),
    [
        (130, "2 giờ 10 phút", "2 h 10 min"),
        (125, "2 giờ 05 phút", "2 h 05 min"),
        (45, "45 phút", "45 min"),
        (120, "2 giờ", "2 h"),
        (0, "0 phút", "0 min"),
        (timedelta(minutes=59, seconds=59), "59 phút", "59 min"),
        (timedelta(hours=-1), "1 giờ", "1 h"),
        (None, None, None),
    ],
)
def test_duration(amount, vi, en):
    assert wording.duration(amount, language="vi") == vi
    assert wording.duration(amount, language="en") == en


def test_duration_in_working_days_and_briefly():
    assert wording.duration(600, day_minutes=480, language="vi") == "1 ngày 2 giờ"
    assert wording.duration(960, day_minutes=480, language="en") == "2 days"
    assert wording.duration(130, brief=True, language="vi") == "2 giờ 10"


def test_dates_carry_the_zeros_that_decree_30_asks_for():
    assert wording.local_date(date(2026, 9, 28), language="vi") == "28/9/2026"
    assert wording.local_date(date(2026, 2, 3), language="vi") == "03/02/2026"
    assert wording.local_date(date(2026, 10, 2), language="vi") == "02/10/2026"
    assert wording.local_date(NOW, style="long", language="vi") == "Thứ Tư, 18/11/2026"
    assert wording.local_date(NOW, style="long", language="en") == "Wednesday, 18 November 2026"
    assert wording.local_date(NOW, style="day", language="vi") == "thứ Tư 18/11"
    assert wording.local_date(NOW, style="start", language="vi") == "Thứ Tư 18/11"
    assert wording.local_date(NOW, style="month", language="en") == "November 2026"


def test_a_date_is_the_local_one():
    assert wording.local_date(datetime(2026, 11, 18, 18, 0, tzinfo=UTC), language="vi") == "19/11/2026"


@pytest.mark.parametrize(
    ("moment", "clock", "vi", "en"),
    [
        (NOW, "24", "15:20", "15:20"),
        (NOW, "12", "3:20 CH", "3:20 PM"),
        (datetime(2026, 11, 17, 17, 5, tzinfo=UTC), "12", "12:05 SA", "12:05 AM"),
        (datetime(2026, 11, 18, 5, 0, tzinfo=UTC), "12", "12:00 CH", "12:00 PM"),
    ],
)
def test_time_follows_the_persons_format(moment, clock, vi, en):
    assert wording.local_time(moment, clock=clock, language="vi") == vi
    assert wording.local_time(moment, clock=clock, language="en") == en


@pytest.mark.parametrize(
    ("days", "vi", "en", "brief"),
    [
        (0, "15:20 hôm nay", "15:20 today", "15:20"),
        (1, "15:20 ngày mai", "15:20 tomorrow", "T5 15:20"),
        (-1, "15:20 hôm qua", "15:20 yesterday", "T3 15:20"),
        (2, "15:20 thứ Sáu 20/11", "15:20 Fri 20 Nov", "T6 15:20"),
        (10, "15:20 thứ Bảy 28/11", "15:20 Sat 28 Nov", "28/11 15:20"),
        (60, "15:20 17/01/2027", "15:20 17 Jan 2027", "17/01 15:20"),
    ],
)
def test_moment_is_said_as_people_say_it(days, vi, en, brief):
    moment = NOW + timedelta(days=days)
    assert wording.local_moment(moment, now=NOW, language="vi") == vi
    assert wording.local_moment(moment, now=NOW, language="en") == en
    assert wording.local_moment(moment, now=NOW, brief=True, language="vi") == brief


def test_moment_in_english_brief():
    assert wording.local_moment(NOW + timedelta(days=10), now=NOW, brief=True, language="en") == "28 Nov 15:20"


def test_a_moment_that_is_read_later_has_date_and_zone():
    assert wording.dated_moment(NOW, language="vi") == "15:20 ngày 18/11/2026 (giờ Việt Nam, UTC+7)"
    assert wording.dated_moment(NOW, language="en") == "15:20 on 18 Nov 2026 (Vietnam time, UTC+7)"
    assert wording.dated_moment(NOW, clock="12", language="en") == "3:20 PM on 18 Nov 2026 (Vietnam time, UTC+7)"
    assert wording.dated_moment(None) is None


def test_blank_fact_is_said_not_left_out():
    assert wording.blank("vi") == "chưa công bố"
    assert wording.blank("en") == "not published"


@pytest.mark.parametrize(
    ("text", "language", "plain"),
    [
        ("8.000,5", "vi", "8000.5"),
        ("1.400", "vi", "1400"),
        ("27,7", "vi", "27.7"),
        ("1.234.567", "vi", "1234567"),
        ("27.7", "vi", "27.7"),
        ("1.4000", "vi", "1.4000"),
        (" 1 400 ", "vi", "1400"),
        ("8,000.5", "en", "8000.5"),
        ("1,400", "en", "1400"),
        ("27.7", "en", "27.7"),
        ("27,7", "en", "27,7"),
        ("abc", "vi", "abc"),
        ("", "vi", ""),
        ("1.40.0", "vi", "1.40.0"),
        ("٣,٣", "vi", "٣,٣"),
    ],
)
def test_a_number_as_people_type_it(text: str, language: str, plain: str) -> None:
    assert wording.plain_number(text, language=language) == plain
