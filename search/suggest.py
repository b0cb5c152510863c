"""Completing what is being typed: sectors, places and titles. Registered with `investment.catalogue`."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from django.utils.translation import override

from accounts.models import Agency
from core.text import words
from investment.catalogue import EngineUnavailable, Suggestion
from investment.models import LISTED, Project, Sector
from search import engines
from search.engines.base import Kind

_LISTS = 2  # of sectors and of places each, so that titles keep their room


def suggest(q: str, limit: int, locale: str) -> list[Suggestion]:
    """Sectors and places first, then titles of projects and pages; every word begun must be found."""
    engine = engines.current()
    if engine is None:
        raise EngineUnavailable("No search engine is set up.")
    begun = words(q[:100])
    if not begun:
        return []
    titles = engine.suggest(q, locale=locale, kinds=(Kind.PROJECT, Kind.PAGE), limit=limit)
    with override(locale):
        lists = [
            *_first(_sectors(begun, locale)),
            *_first(_places(begun, locale)),
        ]
    return [*lists, *(Suggestion(hit.title, hit.kind, hit.url) for hit in titles)][:limit]


def _first(suggestions: Iterator[Suggestion]) -> list[Suggestion]:
    return [suggestion for suggestion, _ in zip(suggestions, range(_LISTS), strict=False)]


def _sectors(begun: list[str], locale: str) -> Iterator[Suggestion]:
    for sector in Sector:
        if _begins(str(sector.label), begun):
            yield Suggestion(str(sector.label), "sector", _list_url(locale, sector=sector.value))


def _places(begun: list[str], locale: str) -> Iterator[Suggestion]:
    """Provinces and wards that have projects."""
    listed = Project.objects.filter(status__in=LISTED)
    for province in listed.exclude(province="").order_by("province").values_list("province", flat=True).distinct():
        if _begins(province, begun):
            yield Suggestion(province, "place", _list_url(locale, province=province))
    for ward in Agency.objects.filter(pk__in=listed.values("ward")).order_by("code"):
        place = _place(ward)
        if _begins(place, begun):
            yield Suggestion(place, "place", _list_url(locale, ward=ward.code))


def _place(ward: Agency) -> str:
    """A ward stands in the tree of agencies by its people's committee; people type the place."""
    return ward.name.removeprefix("UBND ").removesuffix(" People's Committee")


def _begins(text: str, begun: list[str]) -> bool:
    """Every word but the last stands in `text`; the last begins one of its words."""
    found = words(text)
    return all(word in found for word in begun[:-1]) and any(word.startswith(begun[-1]) for word in found)


def _list_url(locale: str, **filters: str) -> str:
    return f"/{locale}/projects/?{urlencode(filters)}"
