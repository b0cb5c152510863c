"""What can be chosen beside the list of projects, and what is chosen: facets, ranges, chips."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.project_addresses import FILTERS, Pairs, address, has_range, pairs_of, without
from core import wording
from investment import buckets
from investment.catalogue import Facet, ProjectQuery, ProjectResults, search_projects

FOLD_AFTER = 8  # values of a facet that are shown where there are more than `FOLD_FROM`; the rest is folded
FOLD_FROM = 12

FACET_TITLES = {
    "province": gettext_lazy("Province or city"),
    "sector": gettext_lazy("Sector"),
    "form": gettext_lazy("Form of investment"),
    "status": gettext_lazy("State"),
}
BUCKET_TITLES = {"capital": gettext_lazy("Total capital"), "area": gettext_lazy("Area")}
RANGE_TITLES = {"capital": gettext_lazy("Total capital, VND billion"), "area": gettext_lazy("Area, hectares")}
_LABELS = {  # of the two fields, for screen readers
    "capital": (gettext_lazy("Total capital from, VND billion"), gettext_lazy("Total capital up to, VND billion")),
    "area": (gettext_lazy("Area from, hectares"), gettext_lazy("Area up to, hectares")),
}
_UNKNOWN = {
    "capital": gettext_lazy("Also those without a published capital in VND"),
    "area": gettext_lazy("Also those without a published area"),
}
_UNKNOWN_VALUES = {"capital": (buckets.NONE, buckets.USD_ONLY), "area": (buckets.NONE,)}
_TABLES = {"capital": buckets.CAPITAL, "area": buckets.AREA}
_CHIPS = {
    "capital": (
        gettext_lazy("Capital from %(low)s"),
        gettext_lazy("Capital up to %(high)s"),
        gettext_lazy("Capital from %(low)s to %(high)s"),
    ),
    "area": (
        gettext_lazy("Area from %(low)s"),
        gettext_lazy("Area up to %(high)s"),
        gettext_lazy("Area from %(low)s to %(high)s"),
    ),
}


@dataclass(frozen=True)
class Chip:
    """One filter in force, and the address of the list without it."""

    label: str
    url: str


@dataclass(frozen=True)
class FacetGroup:
    """One facet as the page shows it: the first values open, the others folded."""

    name: str
    title: str
    first: list[Facet]
    more: list[Facet]


@dataclass(frozen=True)
class Bar:
    """One bucket of the spread: its height, and whether the range holds some of it."""

    height: float
    inside: bool


@dataclass(frozen=True)
class End:
    """One field of a range, as it was typed, with what is wrong about it."""

    name: str
    label: str
    text: str
    errors: list[str]


@dataclass(frozen=True)
class Range:
    """Two fields, the spread over them, and the box that lets pass what has no such number."""

    name: str
    title: str
    ends: list[End]
    bars: list[Bar]
    unknown_label: str
    unknown_count: int
    lets_unknown_pass: bool

    @property
    def errors(self) -> list[str]:
        """The sentences about both fields."""
        return [sentence for end in self.ends for sentence in end.errors]


def groups(results: ProjectResults) -> list[FacetGroup]:
    """The facets that offer a choice, in the order of the page."""
    found = []
    for name, title in FACET_TITLES.items():
        facets = results.facets.get(name, [])
        if len(facets) < 2 and not any(facet.selected for facet in facets):
            continue  # a choice of one is none
        shown = FOLD_AFTER if len(facets) > FOLD_FROM else len(facets)
        chosen_below = [facet for facet in facets[shown:] if facet.selected]
        rest = [facet for facet in facets[shown:] if not facet.selected]
        found.append(FacetGroup(name, str(title), facets[:shown] + chosen_below, rest))
    return found


def ranges(
    query: ProjectQuery, results: ProjectResults, typed: Mapping[str, str], errors: Mapping[str, Sequence[str]]
) -> list[Range]:
    """Both ranges. A range in force costs a search of its own: the spread shows what lies outside of it too."""
    return [_range(name, query, results, typed, errors) for name in RANGE_TITLES]


def _range(
    name: str,
    query: ProjectQuery,
    results: ProjectResults,
    typed: Mapping[str, str],
    errors: Mapping[str, Sequence[str]],
) -> Range:
    if has_range(query, name):
        ends: dict[str, Any] = {f"{name}_min": None, f"{name}_max": None}
        results = search_projects(replace(query, page=1, page_size=1, **ends))
    counts = {facet.value: facet.count for facet in results.facets.get(name, [])}
    return Range(
        name=name,
        title=str(RANGE_TITLES[name]),
        ends=[
            End(field, str(label), typed[field], list(errors.get(field, ())))
            for field, label in zip((f"{name}_min", f"{name}_max"), _LABELS[name], strict=True)
        ],
        bars=_bars(name, query, counts),
        unknown_label=str(_UNKNOWN[name]),
        unknown_count=sum(counts.get(value, 0) for value in _UNKNOWN_VALUES[name]),
        lets_unknown_pass=getattr(query, f"{name}_unknown"),
    )


def _bars(name: str, query: ProjectQuery, counts: Mapping[str, int]) -> list[Bar]:
    """From the smallest bucket to the largest; without a range all count as inside. None where no number is known."""
    table = _TABLES[name][::-1]
    most = max(counts.get(bucket[0], 0) for bucket in table)
    if not most:
        return []
    low = getattr(query, f"{name}_min") or 0
    high = getattr(query, f"{name}_max")
    bars = []
    for value, start, below, _label in table:
        inside = (below is None or low < below) and (high is None or high >= (start or 0))
        bars.append(Bar(counts.get(value, 0) / most, inside))
    return bars


def chips(query: ProjectQuery, results: ProjectResults, asked: Pairs, url: str) -> list[Chip]:
    """One for the words, one for each value of a facet, one for each range."""
    labels = {(name, facet.value): facet.label for name, facets in results.facets.items() for facet in facets}
    found = []
    for pair in asked:
        name, value = pair
        if name in ("q", *FILTERS):
            rest = [other for other in asked if other != pair]
            found.append(Chip(_label(name, value, labels), address(url, rest)))
    for name in RANGE_TITLES:
        if has_range(query, name):
            rest = without(asked, f"{name}_min", f"{name}_max", f"{name}_unknown")
            found.append(Chip(range_label(query, name), address(url, rest)))
    return found


def in_words(query: ProjectQuery) -> list[str]:
    """The words, filters and ranges of a query as the chips say them, and the tab, in the active language."""
    said = [_label(name, value, {}) for name, value in pairs_of(query) if name in ("q", *FILTERS)]
    said += [range_label(query, name) for name in RANGE_TITLES if has_range(query, name)]
    return said + [buckets.label(buckets.WHERE, where) for where in query.where]


def _label(name: str, value: str, labels: Mapping[tuple[str, str], str]) -> str:
    if name == "q":
        return f"“{value}”"
    if name == "ward":
        return _("ward %(code)s") % {"code": value}
    said = labels.get((name, value)) or buckets.label(name, value)
    return f"{BUCKET_TITLES[name]}: {said}" if name in BUCKET_TITLES else said


def range_label(query: ProjectQuery, name: str) -> str:
    """A range in words: "Area from 20 ha or not published"."""
    low, high = getattr(query, f"{name}_min"), getattr(query, f"{name}_max")
    said = wording.money if name == "capital" else wording.area
    form = _CHIPS[name][2 if None not in (low, high) else 1 if low is None else 0]
    text = str(form) % {"low": said(low), "high": said(high)}
    return _("%(range)s or not published") % {"range": text} if getattr(query, f"{name}_unknown") else text
