"""Public holidays as the `holidays` package publishes them: names, make-up days, and how far it really knows."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays

from core import clock

_LANGUAGES = {"en": "en_US"}


@dataclass(frozen=True)
class Holiday:
    """A public holiday; `estimated` where the package itself says so."""

    name: str
    estimated: bool


def is_known(country: str) -> bool:
    """Whether the package has the public holidays of a country, by its two-letter code."""
    return country in holidays.list_supported_countries()


def names(country: str, year: int, language: str = "vi") -> dict[date, Holiday]:
    """The public holidays of a year with their names; none without a country."""
    if not country:
        return {}
    found = _country(country, year, year, language)
    mark = str(getattr(found, "estimated_label", "%s (estimated)")).replace("%s", "").strip()
    translated = str(found.tr(mark)) if hasattr(found, "tr") else mark
    return {
        day: Holiday(str(name), estimated="estimated" in str(name) or mark in str(name) or translated in str(name))
        for day, name in sorted(found.items())
        if day.year == year
    }


def name_of(country: str, day: date, language: str = "vi") -> str:
    """What the package calls a day; empty on ordinary days."""
    found = names(country, day.year, language).get(day)
    return found.name if found else ""


def closed_days(country: str, first: int, last: int) -> list[date]:
    """The public holidays of the years, both included."""
    return list(_country(country, first, last)) if country else []


def make_up_days(country: str, first: int, last: int) -> list[date]:
    """Days of rest on which people work instead of another day."""
    if not country:
        return []
    known = _country(country, first, last)
    start, end = date(first, 1, 1), date(last, 12, 31)
    days = (start + timedelta(days=n) for n in range((end - start).days + 1))
    return [day for day in days if day.weekday() >= 5 and day not in known and known.is_working_day(day)]


def is_estimate(country: str, year: int) -> bool:
    """Whether the holidays of a year are not announced yet, as far as the package knows.

    Governments that swap working days announce them year by year: beyond the last year of which the package knows such
    days it only computes. Elsewhere what lies ahead of this year is an estimate.
    """
    if not country:
        return False
    known = _country(country, year, year)
    announced = getattr(known, "special_public_holidays", None) if hasattr(known, "substituted_label") else None
    return year > (max(announced) if announced else clock.now().year)


@lru_cache(maxsize=32)
def _country(country: str, first: int, last: int, language: str = "vi") -> holidays.HolidayBase:
    kind = type(holidays.country_holidays(country))
    wanted = _LANGUAGES.get(language, language)
    known = wanted in getattr(kind, "supported_languages", ())
    return holidays.country_holidays(country, years=range(first, last + 1), language=wanted if known else None)
