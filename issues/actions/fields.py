"""Reads what people typed, field by field, and reports every wrong one at once."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Agency
from core.errors import Invalid
from core.text import clean

TEXT_MAX = 20_000


class Fields:
    """Collects the errors of one operation; `done()` raises them together."""

    def __init__(self) -> None:
        self.errors: dict[str, list[str]] = {}

    def add(self, name: str, sentence: str) -> None:
        self.errors.setdefault(name, []).append(sentence)

    def text(self, name: str, value: Any, *, required: bool = True, longest: int = TEXT_MAX) -> str:
        """A cleaned, stripped text; empty where it is missing and optional."""
        if value is not None and not isinstance(value, str):
            self.add(name, _("This must be a text."))
            return ""
        text = clean(value or "").strip()
        if required and not text:
            self.add(name, _("This field is required."))
        if len(text) > longest:
            self.add(
                name,
                _("This is too long: {length} characters, at most {longest}.").format(
                    length=f"{len(text):,}", longest=f"{longest:,}"
                ),
            )
        return text

    def choice(
        self, name: str, value: Any, allowed: dict[str, Any] | list[str] | tuple[str, ...], *, required: bool = True
    ) -> str:
        """One of the allowed codes; empty where it is missing and optional."""
        text = str(value or "")
        if not text:
            if required:
                self.add(name, _("This field is required."))
            return ""
        if text not in allowed:
            self.add(name, _("“{value}” is not one of the choices.").format(value=clean(text)[:60]))
            return ""
        return text

    def whole_number(self, name: str, value: Any, *, lowest: int, highest: int) -> int:
        """A whole number within bounds."""
        try:
            number = int(value)
        except (TypeError, ValueError):
            self.add(name, _("This must be a whole number."))
            return lowest
        if isinstance(value, bool) or not lowest <= number <= highest:
            self.add(name, _("This must be between {lowest} and {highest}.").format(lowest=lowest, highest=highest))
        return number

    def agency(self, name: str, code: Any, *, required: bool = True, level: str | None = None) -> Agency | None:
        """An agency that takes tickets, by its code."""
        if not code:
            if required:
                self.add(name, _("This field is required."))
            return None
        found = Agency.objects.filter(code=clean(str(code))[:20]).first()
        if found is None or (level is not None and found.level != level):
            self.add(name, _("There is no agency with the code “{code}”.").format(code=clean(str(code))[:40]))
            return None
        return found

    def agencies(self, name: str, codes: Any) -> list[Agency]:
        """Agencies by their codes, in the given order, each once."""
        if codes is None:
            return []
        if not isinstance(codes, list | tuple):
            self.add(name, _("This must be a list of agency codes."))
            return []
        found = [self.agency(name, code) for code in dict.fromkeys(map(str, codes))]
        return [agency for agency in found if agency is not None]

    def done(self) -> None:
        """Raise Invalid when anything was wrong."""
        if self.errors:
            raise Invalid(_("Please correct the marked fields."), fields=self.errors)
