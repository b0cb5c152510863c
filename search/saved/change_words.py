"""What changed about a followed project, in the words of the active language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from core import wording
from investment.models import ProjectStatus, ProjectStep, Sector

_LABELS = {
    "status": gettext_lazy("State"),
    "confirmed_on": gettext_lazy("Confirmed"),
    "name_vi": gettext_lazy("Vietnamese name"),
    "name_en": gettext_lazy("English name"),
    "sector": gettext_lazy("Sector"),
    "province": gettext_lazy("Province or city"),
    "ward": gettext_lazy("Ward"),
    "place": gettext_lazy("Place"),
    "area_ha": gettext_lazy("Area"),
    "capital_vnd_billion": gettext_lazy("Total capital"),
    "capital_usd_million": gettext_lazy("Total capital in US dollars"),
    "investment_form": gettext_lazy("Form of investment"),
    "period": gettext_lazy("Period of the call"),
    "legal_basis": gettext_lazy("Legal basis"),
    "source_year": gettext_lazy("Year of the source"),
    "contact": gettext_lazy("Contact agency"),
}


@dataclass(frozen=True)
class Line:
    """One change: of what, and the values before and after; a line without `before` says all in `after`."""

    label: str
    before: str
    after: str


def line_of(change: dict[str, Any]) -> Line:
    """A change as people read it."""
    what, before, after = change["what"], change["before"], change["after"]
    if what == "is_overdue":
        return Line(_("Confirmation"), "", _("The contact agency has not confirmed the facts in time."))
    if what == "step":
        return _step(before, after)
    return Line(str(_LABELS[what]), _said(what, before), _said(what, after))


def _said(what: str, value: Any) -> str:
    if value in (None, ""):
        return wording.blank()
    return _WORDS.get(what, str)(value)


def _step(before: dict[str, Any] | None, after: dict[str, Any] | None) -> Line:
    name = _named((after or before or {})["name"])
    label = _("Step “{name}”").format(name=name)
    if after is None:
        return Line(label, "", _("removed"))
    if before is None:
        return Line(label, "", _("added: {state}").format(state=_state(after)))
    if _state(before) == _state(after):
        return Line(label, _named(before["name"]), name)
    return Line(label, _state(before), _state(after))


def _state(step: dict[str, Any]) -> str:
    said = str(ProjectStep.State(step["state"]).label)
    if step["finished_on"] and step["state"] == ProjectStep.State.DONE:
        said = f"{said}, {_date(step['finished_on'])}"
    return f"{said} ({step['percent']} %)" if step["percent"] is not None else said


def _named(name: Any) -> str:
    language = "en" if (get_language() or "vi").startswith("en") else "vi"
    return str(name[language]) if isinstance(name, dict) else str(name)


def _date(text: str) -> str:
    return wording.local_date(date.fromisoformat(text)) or ""


_WORDS: dict[str, Callable[[Any], str]] = {
    "status": lambda value: str(ProjectStatus(value).label),
    "sector": lambda value: str(Sector(value).label),
    "confirmed_on": _date,
    "area_ha": lambda value: wording.area(Decimal(value)) or "",
    "capital_vnd_billion": lambda value: wording.money(Decimal(value)) or "",
    "capital_usd_million": lambda value: wording.money(None, Decimal(value)) or "",
    "contact": _named,
}
