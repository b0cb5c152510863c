"""Filters, ranges and orders of the SQLite engine as SQL. Values are always parameters; names come from fixed lists."""

# ruff: noqa: S608 - names of tables and columns are constants of ours; every value is a parameter.
from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from search.engines.base import FACETS, FILTERS, RANGES, SearchQuery

# How much of its score a document keeps after the day until which it counts as confirmed.
AGED = 0.6

# title, names, summary, body, marked. A word with its own marks counts as much as one in the names.
WEIGHTS = (8.0, 4.0, 3.0, 1.0, 4.0)
# While a name is being typed, the title is what people look for.
NAMING_WEIGHTS = (10.0, 1.0, 0.0, 0.0, 2.0)

_ORDERS = {
    "confirmed": "d.confirmed_on DESC NULLS LAST, d.id",
    "capital": "d.capital_vnd DESC NULLS LAST, d.id",
    "area": "d.area_ha DESC NULLS LAST, d.id",
    "year": "d.year DESC NULLS LAST, d.id",
    "name": "d.sort_name, d.id",
}


@dataclass
class Conditions:
    """Conditions joined by AND, with their parameters."""

    parts: list[str] = field(default_factory=list)
    parameters: list[Any] = field(default_factory=list)

    def add(self, part: str, *parameters: Any) -> None:
        self.parts.append(part)
        self.parameters.extend(parameters)

    def one_of(self, column: str, values: Iterable[Any]) -> None:
        """One parameter however many values there are: SQLite limits their number."""
        self.add(f"{column} IN (SELECT value FROM json_each(%s))", json.dumps(list(values)))

    @property
    def sql(self) -> str:
        return " AND ".join(self.parts) or "1"


def conditions(query: SearchQuery, *, facets: bool) -> Conditions:
    """What a document must satisfy besides the words; without the facets' filters for counting facets."""
    found = Conditions()
    found.one_of("d.kind", query.kinds)
    found.add("d.locale = %s", query.locale)
    if query.object_ids is not None:
        found.one_of("d.object_id", query.object_ids)
    for name in FILTERS:
        if query.chosen(name) and (facets or name not in FACETS):
            found.one_of(f"d.{name}", query.chosen(name))
    for name in RANGES:
        low, high = query.ranges.get(name, (None, None))
        if low is not None:
            found.add(f"d.{name} >= %s", low)
        if high is not None:
            found.add(f"d.{name} <= %s", high)
    return found


def score(query: SearchQuery, table: str, weights: tuple[float, ...]) -> tuple[str, list[Any]]:
    """FTS5's bm25 (lower is better), weakened for documents past their confirmation."""
    listed = ", ".join(str(weight) for weight in weights)
    return f"bm25({table}, {listed}) * {_AGED_FACTOR}", [query.today.isoformat()]


_AGED_FACTOR = f"(CASE WHEN d.fresh_until < %s THEN {AGED} ELSE 1.0 END)"


def order(query: SearchQuery, *, ranked: bool) -> tuple[str, list[Any]]:
    """ORDER BY. Without words, relevance means: still confirmed first, then the newest confirmation."""
    if query.sort in _ORDERS:
        return _ORDERS[query.sort], []
    if ranked:
        return "score, d.confirmed_on DESC NULLS LAST, d.id", []
    return "coalesce(d.fresh_until < %s, 0), d.confirmed_on DESC NULLS LAST, d.id", [query.today.isoformat()]
