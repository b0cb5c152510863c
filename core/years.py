"""The years that people may enter: what lies outside is a slip of the pen, and would be walked through day by day."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

FIRST_YEAR, LAST_YEAR = 2000, 2100


def year_error(day: date) -> str:
    """The sentence for a day outside the years that may be entered; empty for any other."""
    if FIRST_YEAR <= day.year <= LAST_YEAR:
        return ""
    return _("The year must be between {first} and {last}.").format(first=FIRST_YEAR, last=LAST_YEAR)


def check_year(day: date) -> None:
    """A validator of form fields: raises ValidationError with the sentence of `year_error`."""
    if sentence := year_error(day):
        raise ValidationError(sentence, code="year")
