"""A year of the calendar against the official days of 2024 to 2027, and where the package and the city differ."""

import csv
from datetime import date
from pathlib import Path

import pytest

from core import clock
from issues.models import Calendar, CalendarDay
from issues.queries.calendar_year import Basis, CalendarYear, DayKind, YearDay, calendar_year
from tests.issues.conftest import at

DATA = Path(__file__).resolve().parents[3] / "data"
OFFICE = [["08:00", "12:00"], ["13:30", "17:30"]]
CITY = Calendar(
    code="city", name_vi="Thành phố", weekly=dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), OFFICE),
    holidays_country="VN", timezone="Asia/Ho_Chi_Minh",
)  # fmt: skip


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def corrected() -> list[CalendarDay]:
    """What the discrepancies tell an administrator to enter."""
    found = []
    for row in rows("holidays_discrepancies.csv"):
        if row["suggestion"] == "add override":
            closed = row["official_or_computed"] == "official: day off"
            found.append(
                CalendarDay(
                    date=date.fromisoformat(row["date"]), periods=[] if closed else OFFICE,
                    kind=CalendarDay.Kind.CLOSED if closed else CalendarDay.Kind.SPECIAL,
                    note_vi=row["official_or_computed"], note_en="Swapped", source="Công văn",
                )
            )  # fmt: skip
    return found


def year_of(year: int, days: list[CalendarDay] | None = None, row: Calendar = CITY) -> CalendarYear:
    with clock.at(at("2026-11-18 09:00")):
        return calendar_year(row, corrected() if days is None else days, year)


def day_of(found: CalendarYear, day: date) -> YearDay:
    return next(one for one in found.days if one.date == day)


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_every_official_day_is_as_it_was_announced(year: int) -> None:
    found = year_of(year)
    official = {
        date.fromisoformat(row["date"]): row["kind"]
        for row in rows("calendar_2024_2027.csv")
        if row["date"].startswith(str(year))
    }
    assert len(official) >= 12
    for day in found.days:
        kind = official.get(day.date)
        works = kind == "makeup_working_day" if kind else day.date.weekday() < 5
        assert bool(day.minutes) is works, day


def test_the_two_differences_of_2026_are_those_of_the_list() -> None:
    found = year_of(2026)
    assert [difference.day.date for difference in found.differences] == [date(2026, 1, 2), date(2026, 1, 10)]
    closed, opened = found.differences
    assert (closed.day.kind, closed.day.hours, closed.package_hours) == (
        DayKind.CLOSED, (), (("08:00", "12:00"), ("13:30", "17:30")),
    )  # fmt: skip
    assert (opened.day.kind, opened.day.minutes, opened.package_hours) == (DayKind.OPENED, 480, ())
    assert (closed.day.note, closed.day.source) == ("official: day off", "Công văn")
    assert found.needless == ()


@pytest.mark.parametrize("year", [2024, 2025, 2027])
def test_other_years_differ_nowhere(year: int) -> None:
    assert year_of(year).differences == ()


@pytest.mark.parametrize(("year", "estimate"), [(2024, False), (2026, False), (2027, True), (2028, True)])
def test_a_year_that_is_not_announced_is_an_estimate(year: int, estimate: bool) -> None:
    assert year_of(year).is_estimate is estimate


def test_kinds_of_days() -> None:
    days = [
        CalendarDay(date=date(2026, 11, 19), kind=CalendarDay.Kind.SPECIAL, periods=[["08:00", "11:00"]]),
        CalendarDay(date=date(2026, 11, 22), kind=CalendarDay.Kind.CLOSED, note_vi="Chủ nhật vẫn nghỉ"),
    ]
    found = year_of(2026, days)
    kinds = {number: day_of(found, date(2026, 11, number)).kind for number in (18, 19, 21, 22, 24)}
    assert kinds == {
        18: DayKind.WORKING, 19: DayKind.HALF, 21: DayKind.WEEKEND, 22: DayKind.WEEKEND, 24: DayKind.HOLIDAY,
    }  # fmt: skip
    assert day_of(found, date(2026, 11, 24)).holiday == "Ngày Văn hóa Việt Nam"
    assert day_of(found, date(2026, 8, 22)).kind == DayKind.OPENED
    assert day_of(found, date(2026, 8, 22)).basis == Basis.PACKAGE
    assert [day.date for day in found.needless] == [date(2026, 11, 22)]


def test_months_and_years_are_counted() -> None:
    found = year_of(2026)
    november = found.months[10]
    assert (november.working_days, november.minutes) == (20, 20 * 480)  # 21 weekdays, one of them a holiday
    assert found.working_days == sum(month.working_days for month in found.months)
    assert found.minutes == found.working_days * 480
    assert len(found.days) == 365
    assert [len(week) for week in november.weeks] == [7] * 6  # the 1st is a Sunday


def test_hours_to_midnight_and_a_short_usual_day() -> None:
    ward = Calendar(weekly={"mon": [["20:00", "24:00"]], "tue": [["20:00", "24:00"]], "fri": [["08:00", "16:00"]]},
                    holidays_country="", timezone="Asia/Ho_Chi_Minh")  # fmt: skip
    found = year_of(2026, [], ward)
    assert found.usual_minutes == 240
    assert day_of(found, date(2026, 11, 16)).hours == (("20:00", "24:00"),)
    assert not found.is_estimate


def test_december_and_leap_years() -> None:
    assert len(year_of(2024).days) == 366
    assert year_of(2026).months[11].days[-1].date == date(2026, 12, 31)
