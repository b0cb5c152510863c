"""Addresses of the list of projects: a query as the pairs of a query string, and those of its parts."""

from urllib.parse import urlencode

from investment import buckets
from investment.catalogue import SORTS, ProjectQuery
from investment.filters import RANGES, UNKNOWN

FILTERS = ("province", "sector", "form", "status", "capital", "area", "ward")
Pairs = list[tuple[str, str]]


def pairs_of(query: ProjectQuery, tab: str = "") -> Pairs:
    """The query without page and size. `tab` is the one that was asked for; the page may open another by itself."""
    pairs = [("q", query.q)] if query.q else []
    for name in FILTERS:
        pairs += [(name, value) for value in query.chosen(name)]
    pairs += [(name, plain(getattr(query, name))) for name in RANGES if getattr(query, name) is not None]
    pairs += [(name, "1") for name in UNKNOWN if getattr(query, name) and has_range(query, name.partition("_")[0])]
    if query.sort != SORTS[0]:
        pairs.append(("sort", query.sort_text))
    return [*pairs, ("tab", tab)] if tab else pairs


def address(base: str, pairs: Pairs) -> str:
    """The address of the list with these filters."""
    return f"{base}?{urlencode(pairs)}" if pairs else base


def without(pairs: Pairs, *names: str) -> Pairs:
    """The pairs without all values of some parameters."""
    return [(name, value) for name, value in pairs if name not in names]


def has_range(query: ProjectQuery, name: str) -> bool:
    """Whether the list is narrowed by a range of `capital` or `area`."""
    return (getattr(query, f"{name}_min"), getattr(query, f"{name}_max")) != (None, None)


def plain(number: float) -> str:
    """A number that reads the same in every language: 27.125 becomes 27.1250, since 27.125 may mean 27,125."""
    text = f"{number:.6f}".rstrip("0").rstrip(".")
    return f"{text}0" if len(text.partition(".")[2]) == 3 else text


def tab_of(query: ProjectQuery) -> str:
    """The tab whose projects the query shows."""
    return query.where[0] if len(query.where) == 1 else "all"


TABS = (buckets.CITY, buckets.ELSEWHERE, "all")
