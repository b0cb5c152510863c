"""The facets of the list, their values in order, and their labels."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Case, CharField, Expression, F, Q, Value, When
from django.utils.translation import gettext_lazy as _

from core.text import fold
from investment.forms_of_investment import InvestmentForm
from investment.models import ProjectStatus, Sector

FACETS = ("sector", "province", "form", "status", "capital", "area")
WHERE = "where"  # whether a project lies in the city itself: the tabs of the page
COUNTED = (*FACETS, WHERE)

NONE = "none"
USD_ONLY = "usd"
CITY = "city"
ELSEWHERE = "elsewhere"

# name, from (inside), below (outside); VND billion. Chosen so that the published capitals spread evenly.
CAPITAL = (
    ("over-20000", Decimal(20_000), None, _("VND 20,000 billion and above")),
    ("5000-20000", Decimal(5_000), Decimal(20_000), _("VND 5,000 to 20,000 billion")),
    ("1000-5000", Decimal(1_000), Decimal(5_000), _("VND 1,000 to 5,000 billion")),
    ("under-1000", None, Decimal(1_000), _("Under VND 1,000 billion")),
)
# hectares
AREA = (
    ("over-100", Decimal(100), None, _("100 ha and above")),
    ("30-100", Decimal(30), Decimal(100), _("30 to 100 ha")),
    ("under-30", None, Decimal(30), _("Under 30 ha")),
)

_NOT_PUBLISHED = _("Not published")
_LABELS: dict[str, dict[str, Any]] = {
    "sector": {**dict(Sector.choices), NONE: _NOT_PUBLISHED},
    "province": {},
    "form": dict(InvestmentForm.choices),
    "status": dict(ProjectStatus.choices),
    "capital": {**{b[0]: b[3] for b in CAPITAL}, USD_ONLY: _("Published in USD only"), NONE: _NOT_PUBLISHED},
    "area": {**{b[0]: b[3] for b in AREA}, NONE: _NOT_PUBLISHED},
    WHERE: {CITY: settings.TN_CITY, ELSEWHERE: _("Elsewhere")},
}


def values(facet: str) -> tuple[str, ...]:
    """Every value that a facet can have; empty for provinces, which are open."""
    return tuple(_LABELS[facet])


def label(facet: str, value: str) -> str:
    """The label of a value, in the active language."""
    return str(_LABELS[facet].get(value) or value or _NOT_PUBLISHED)


def order(facet: str, value: str, count: int) -> tuple[int, int, str]:
    """Sort key: buckets and statuses in their own order, the rest by falling count; "not published" last."""
    if not value or value == NONE:
        return (1, 0, value)
    if facet in ("capital", "area", "status", WHERE):
        known = values(facet)
        return (0, known.index(value) if value in known else len(known), value)
    return (0, -count, value)


def capital_bucket(vnd_billion: Decimal | None, usd_million: Decimal | None) -> str:
    """The bucket of one project's capital."""
    if vnd_billion is None:
        return NONE if usd_million is None else USD_ONLY
    return _bucket(CAPITAL, vnd_billion)


def area_bucket(hectares: Decimal | None) -> str:
    """The bucket of one project's area."""
    return NONE if hectares is None else _bucket(AREA, hectares)


def where(province: str) -> str:
    """Whether a province, as published, is the city of this installation."""
    return CITY if fold(province.strip()) == fold(settings.TN_CITY) else ELSEWHERE


def _bucket(table: tuple[Any, ...], number: Decimal) -> str:
    return next(name for name, low, _high, _label in table if low is None or number >= low)


def expressions() -> dict[str, Expression | F]:
    """The facets as database expressions over Project, under names that no column has."""
    return {
        "facet_sector": Case(When(sector="", then=Value(NONE)), default=F("sector"), output_field=CharField()),
        "facet_province": Case(When(province="", then=Value(NONE)), default=F("province"), output_field=CharField()),
        "facet_form": F("form"),
        "facet_status": F("status"),
        "facet_capital": Case(
            *_whens(CAPITAL, "capital_vnd_billion"),
            When(capital_usd_million__isnull=False, then=Value(USD_ONLY)),
            default=Value(NONE),
            output_field=CharField(),
        ),
        "facet_area": Case(*_whens(AREA, "area_ha"), default=Value(NONE), output_field=CharField()),
    }


def _whens(table: tuple[Any, ...], column: str) -> list[When]:
    return [
        When(Q(**{f"{column}__gte": low}) if low is not None else Q(**{f"{column}__isnull": False}), then=Value(name))
        for name, low, _high, _label in table
    ]
