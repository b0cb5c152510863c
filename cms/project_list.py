"""The list of projects as a page: reads the query string, asks the catalogue, prepares chips, facets and the map."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms import project_facts, ward_map
from core import wording
from investment.catalogue import SORTS, Facet, ProjectQuery, ProjectResults, search_projects
from investment.filters import RANGES, parse

PAGE_SIZE = 20
FOLD_AFTER = 8  # values of a facet that are shown; the rest is folded

FACET_TITLES = {
    "province": gettext_lazy("Province or city"),
    "sector": gettext_lazy("Sector"),
    "capital": gettext_lazy("Total capital"),
    "area": gettext_lazy("Area"),
    "form": gettext_lazy("Form of investment"),
    "status": gettext_lazy("State"),
}
SORT_TITLES = {
    "relevance": gettext_lazy("Best match"),
    "confirmed": gettext_lazy("Recently confirmed"),
    "capital": gettext_lazy("Capital, largest first"),
    "area": gettext_lazy("Area, largest first"),
    "year": gettext_lazy("Source year"),
    "name": gettext_lazy("Name"),
}
_RANGE_CHIPS = {
    "capital_min": gettext_lazy("Capital from %(amount)s"),
    "capital_max": gettext_lazy("Capital up to %(amount)s"),
    "area_min": gettext_lazy("Area from %(amount)s"),
    "area_max": gettext_lazy("Area up to %(amount)s"),
}


@dataclass(frozen=True)
class Chip:
    """One filter in force, and the address of the list without it."""

    label: str
    url: str


@dataclass(frozen=True)
class PageLink:
    """One step of the pagination; without an address it cannot be followed."""

    label: str
    url: str
    rel: str = ""
    current: bool = False


@dataclass(frozen=True)
class FacetGroup:
    """One facet as the page shows it: the first values open, the others folded."""

    name: str
    title: str
    first: list[Facet]
    more: list[Facet]


def context(parameters: QueryDict, locale: str, url: str) -> dict[str, Any]:
    """Everything that the list's templates need. Unknown filter values are left out and named in `ignored`."""
    query, errors = parse(dict(parameters.lists()), locale=locale, page_size=PAGE_SIZE)
    query = replace(query, locale=locale)
    results = search_projects(query)
    last = max(1, -(-results.count // query.page_size))
    if query.page > last:
        query = replace(query, page=last)
        results = search_projects(query)
    asked = _asked(query)
    return {
        "list_url": url,
        "query": query,
        "results": results,
        "rows": project_facts.rows(results.hits),
        "facet_groups": _groups(results),
        "chips": _chips(query, results, asked, url),
        "sorts": [(value, SORT_TITLES[value], value == query.sort) for value in SORTS],
        "kept": [(name, value) for name, value in asked if name in (*RANGES, "ward")],
        "ignored": errors,
        "first_row": (query.page - 1) * query.page_size + 1,
        "last_row": (query.page - 1) * query.page_size + len(results.hits),
        "pages": _pages(query.page, last, asked, url),
        "export_query": urlencode([*asked, ("locale", locale)]),
        "map": ward_map.draw(project_facts.pins(results.hits)),
        "tiles": {"url": settings.TN_MAP_TILES_URL, "attribution": settings.TN_MAP_TILES_ATTRIBUTION},
    }


def _asked(query: ProjectQuery) -> list[tuple[str, str]]:
    """The query as pairs of a query string, without page and size."""
    pairs = [("q", query.q)] if query.q else []
    for name in (*FACET_TITLES, "ward"):
        pairs += [(name, value) for value in query.chosen(name)]
    pairs += [(name, f"{getattr(query, name):g}") for name in RANGES if getattr(query, name) is not None]
    if query.sort != SORTS[0]:
        pairs.append(("sort", query.sort))
    return pairs


def _url(base: str, pairs: list[tuple[str, str]]) -> str:
    return f"{base}?{urlencode(pairs)}" if pairs else base


def _chips(query: ProjectQuery, results: ProjectResults, asked: list[tuple[str, str]], url: str) -> list[Chip]:
    labels = {(name, facet.value): facet.label for name, facets in results.facets.items() for facet in facets}
    chips = []
    for pair in asked:
        name, value = pair
        if name == "sort":
            continue
        without = _url(url, [other for other in asked if other != pair])
        chips.append(Chip(_chip_label(name, value, labels, query), without))
    return chips


def _chip_label(name: str, value: str, labels: dict[tuple[str, str], str], query: ProjectQuery) -> str:
    if name == "q":
        return f"“{value}”"
    if name == "ward":
        return _("ward %(code)s") % {"code": value}
    if name in _RANGE_CHIPS:
        amount = getattr(query, name)
        said = wording.money(amount) if name.startswith("capital") else wording.area(amount)
        return str(_RANGE_CHIPS[name]) % {"amount": said}
    return labels.get((name, value), value)


def _groups(results: ProjectResults) -> list[FacetGroup]:
    groups = []
    for name, title in FACET_TITLES.items():
        facets = results.facets.get(name, [])
        if len(facets) < 2 and not any(facet.selected for facet in facets):
            continue  # a choice of one is none
        chosen_below = [facet for facet in facets[FOLD_AFTER:] if facet.selected]
        rest = [facet for facet in facets[FOLD_AFTER:] if not facet.selected]
        groups.append(FacetGroup(name, str(title), facets[:FOLD_AFTER] + chosen_below, rest))
    return groups


def _pages(page: int, last: int, asked: list[tuple[str, str]], url: str) -> list[PageLink]:
    """The numbers of the pagination: first, last, and two around the present; None marks a gap."""
    if last == 1:
        return []
    near = sorted({1, last, *range(max(1, page - 2), min(last, page + 2) + 1)})
    numbers: list[int | None] = []
    for number in near:
        if numbers and numbers[-1] is not None and number - numbers[-1] > 1:
            numbers.append(None)
        numbers.append(number)

    def link(number: int) -> str:
        return _url(url, [*asked, ("page", str(number))] if number > 1 else asked)

    steps = [PageLink(str(number or "…"), link(number) if number else "", "", number == page) for number in numbers]
    before = PageLink(_("Previous"), link(page - 1) if page > 1 else "", "prev")
    after = PageLink(_("Next"), link(page + 1) if page < last else "", "next")
    return [before, *steps, after]
