"""Reads what people typed, field by field, and reports all wrong fields together."""

from datetime import date, datetime
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from accounts.models import Agency
from core.errors import Invalid
from core.text import beginning, clean, is_longer
from core.visible import has_visible
from core.years import year_error

TEXT_MAX = 20_000
MOST_AGENCIES = 30
ADDRESS_MAX = 254  # of an e-mail address (RFC 5321)


class Fields:
    """Collects the errors of one operation; `done()` raises them together."""

    def __init__(self) -> None:
        self.errors: dict[str, list[str]] = {}

    def add(self, name: str, sentence: str) -> None:
        self.errors.setdefault(name, []).append(sentence)

    def text(self, name: str, value: Any, *, required: bool = True, longest: int = TEXT_MAX) -> str:
        """A cleaned, stripped text; empty where it is missing or shows nothing, and optional."""
        if value is not None and not isinstance(value, str):
            self.add(name, _("This must be a text."))
            return ""
        value = value or ""
        if is_longer(value, longest):  # as it came in: only a text of bounded length is normalised
            self._too_long(name, value, longest)
            return beginning(value, longest)
        text = clean(value).strip()
        if len(text) <= longest and not has_visible(text):
            text = ""
        if required and not text:
            self.add(name, _("This field is required."))
        if len(text) > longest:
            self._too_long(name, text, longest)
        return text

    def _too_long(self, name: str, text: str, longest: int) -> None:
        sentence = _("This is too long: {length} characters, at most {longest}.")
        self.add(name, sentence.format(length=f"{len(text):,}", longest=f"{longest:,}"))

    def choice(
        self, name: str, value: Any, allowed: dict[str, Any] | list[str] | tuple[str, ...], *, required: bool = True
    ) -> str:
        """One of the allowed codes; empty where it is missing and optional."""
        if value is not None and not isinstance(value, str):
            self.add(name, _("This must be a text."))
            return ""
        text = str(value or "")
        if not text:
            if required:
                self.add(name, _("This field is required."))
            return ""
        if text not in allowed:
            self.add(name, _("“{value}” is not one of the choices.").format(value=beginning(text, 60)))
            return ""
        return text

    def whole_number(self, name: str, value: Any, *, lowest: int, highest: int) -> int:
        """A whole number within bounds, as a number or in digits."""
        if value is None or value == "":
            self.add(name, _("This field is required."))
            return lowest
        try:
            number = int(value) if isinstance(value, int | str) and not isinstance(value, bool) else None
        except ValueError:
            number = None
        if number is None:
            self.add(name, _("This must be a whole number."))
            return lowest
        if not lowest <= number <= highest:
            self.add(name, _("This must be between {lowest} and {highest}.").format(lowest=lowest, highest=highest))
        return number

    def day(self, name: str, value: Any) -> date | None:
        """A calendar day, as a date or as "2026-11-18", of the years that may be entered."""
        if isinstance(value, date) and not isinstance(value, datetime):
            return self._in_years(name, value)
        text = self.text(name, value)
        if not text:
            return None
        try:
            found = parse_date(text)
        except ValueError:
            found = None
        if found is None:
            self.add(name, _("This is not a real date."))
            return None
        return self._in_years(name, found)

    def moment(self, name: str, value: Any) -> datetime | None:
        """An aware instant of the years that may be entered."""
        if value in (None, ""):
            self.add(name, _("This field is required."))
            return None
        if not isinstance(value, datetime) or value.tzinfo is None:
            self.add(name, _("This must be a date with a time."))
            return None
        return value if self._in_years(name, value) else None

    def _in_years(self, name: str, day: date) -> date | None:
        if sentence := year_error(day):
            self.add(name, sentence)
            return None
        return day

    def flag(self, name: str, value: Any) -> bool:
        """Yes or no; no where it is missing."""
        if value is not None and not isinstance(value, bool):
            self.add(name, _("Say yes or no."))
            return False
        return bool(value)

    def agency(self, name: str, code: Any, *, required: bool = True, level: str | None = None) -> Agency | None:
        """An agency by its code, of one level where that is asked for."""
        text = self.text(name, code, required=required)
        if not text:
            return None
        found = Agency.objects.filter(code=text[:40]).first()
        if found is None or (level is not None and found.level != level):
            self.add(name, _("There is no agency with the code “{code}”.").format(code=text[:40]))
            return None
        return found

    def agencies(self, name: str, codes: Any) -> list[Agency]:
        """Agencies by their codes, in the given order, each once."""
        if codes is None:
            return []
        if not isinstance(codes, list | tuple):
            self.add(name, _("This must be a list of agency codes."))
            return []
        if len(codes) > MOST_AGENCIES:
            self.add(name, _("At most {number} agencies.").format(number=MOST_AGENCIES))
            return []
        once = [code for index, code in enumerate(codes) if code not in codes[:index]]
        found = [self.agency(name, code) for code in once]
        return [agency for agency in found if agency is not None]

    def done(self) -> None:
        """Raise Invalid when anything was wrong."""
        if self.errors:
            raise Invalid(_("Please correct the marked fields."), fields=self.errors)
