"""Days that people enter lie in years that make sense."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from core.years import check_year, year_error


@pytest.mark.parametrize("day", [date(2000, 1, 1), date(2026, 11, 18), datetime(2100, 12, 31, tzinfo=UTC)])
def test_a_sensible_year(day: date) -> None:
    assert year_error(day) == ""
    check_year(day)


@pytest.mark.parametrize("day", [date.min, date(1999, 12, 31), date(2101, 1, 1), date.max])
def test_a_slip_of_the_pen(day: date) -> None:
    with translation.override("en"):
        assert year_error(day) == "The year must be between 2000 and 2100."
        with pytest.raises(ValidationError, match="between 2000 and 2100"):
            check_year(day)
