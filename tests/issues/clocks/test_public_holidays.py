"""What the package of public holidays knows, and how far."""

from datetime import date

import pytest

from issues.clocks import public_holidays


def test_names_in_both_languages() -> None:
    day = date(2026, 9, 2)
    assert public_holidays.name_of("VN", day, "vi") == "Quốc khánh"
    assert public_holidays.name_of("VN", day, "en") == "National Day"
    assert public_holidays.name_of("VN", date(2026, 9, 7)) == ""


def test_closed_days_of_years_both_included() -> None:
    days = public_holidays.closed_days("VN", 2025, 2026)
    assert {date(2025, 9, 2), date(2026, 9, 2)} <= set(days)
    assert {day.year for day in days} == {2025, 2026}


def test_make_up_days_are_days_of_rest_on_which_people_work() -> None:
    days = public_holidays.make_up_days("VN", 2024, 2025)
    assert date(2024, 5, 4) in days  # instead of 29 April 2024
    assert all(day.weekday() >= 5 for day in days)


def test_a_year_that_is_not_announced_is_an_estimate() -> None:
    assert not public_holidays.is_estimate("VN", 2025)
    assert public_holidays.is_estimate("VN", 2040)


@pytest.mark.parametrize("country", ["", "XX"])
def test_what_is_no_country(country: str) -> None:
    assert not public_holidays.is_known(country)


def test_without_a_country_there_are_no_holidays() -> None:
    assert public_holidays.names("", 2026) == {}
    assert public_holidays.closed_days("", 2026, 2026) == []
    assert public_holidays.make_up_days("", 2026, 2026) == []
    assert not public_holidays.is_estimate("", 2040)
