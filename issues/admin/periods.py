"""Opening hours as people write them: "08:00–12:00, 13:30–17:30"."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_PERIOD = re.compile(r"(\d{1,2})[:hg.](\d{2})\s*[-–—]\s*(\d{1,2})[:hg.](\d{2})")

Periods = list[list[str]]


def read_periods(text: str) -> Periods:
    """Read hours; an empty text is a closed day. ValidationError names the part that cannot be read."""
    periods = []
    for part in filter(None, (piece.strip() for piece in re.split(r"[,;]", text))):
        match = _PERIOD.fullmatch(part)
        if match is None:
            raise ValidationError(
                _("“%(part)s” is not a period. Write it like this: 08:00–12:00, 13:30–17:30."), params={"part": part}
            )
        opening_hour, opening_minute, closing_hour, closing_minute = match.groups()
        periods.append([f"{int(opening_hour):02d}:{opening_minute}", f"{int(closing_hour):02d}:{closing_minute}"])
    return periods


def write_periods(periods: Periods | None) -> str:
    """The hours as a line of text."""
    return ", ".join(f"{opening}–{closing}" for opening, closing in periods or [])


class PeriodsField(forms.CharField):
    """A text field for opening hours that gives lists of periods."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=200, **kwargs)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, list):
            return value
        return read_periods(super().to_python(value) or "")

    def prepare_value(self, value: Any) -> Any:
        return write_periods(value) if isinstance(value, list) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return (initial or []) != self.to_python(data)
        except ValidationError:
            return True

    def validate(self, value: Any) -> None:
        """Nothing is required: an empty line is a closed day."""

    def run_validators(self, value: Any) -> None:
        """The length of the text was the only validator, and this is no text any more."""
