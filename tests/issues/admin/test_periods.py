"""Hours as people write them."""

import pytest

from issues.admin.periods import read_periods, write_periods


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("08:00–12:00, 13:30-17:30", [["08:00", "12:00"], ["13:30", "17:30"]]),
        ("8h00 - 12h00", [["08:00", "12:00"]]),
        ("", []),
    ],
)
def test_hours_as_people_write_them(text: str, periods: list[list[str]]) -> None:
    assert read_periods(text) == periods
    assert read_periods(write_periods(periods)) == periods
