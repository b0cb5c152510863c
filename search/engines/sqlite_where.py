"""Scope, filters, ranges and orders of the SQLite engine as SQL. Values are always parameters."""

# ruff: noqa: S608 - names of tables and columns are constants of ours; every value is a parameter.
from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from search import ranking
from search.engines.base import PUBLIC, Scope, SearchQuery
from search.engines.sqlite_rows import AUDIENCE
from search.engines.sqlite_schema import NUMBERS, VALUES, WORD_COLUMNS

_AGED = f"(CASE WHEN d.fresh_until < %s THEN {ranking.AGED} ELSE 1.0 END)"


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

    def has_value(self, name: str, values: Iterable[str]) -> None:
        """The document has one of these values."""
        self.add(*_with_value(name, values))

    @property
    def sql(self) -> str:
        return " AND ".join(self.parts) or "1"


def _with_value(name: str, values: Iterable[str]) -> tuple[str, str, str]:
    return (
        f"EXISTS (SELECT 1 FROM json_each(%s) j "
        f"JOIN {VALUES} v ON v.name = %s AND v.value = j.value AND v.doc = d.rowid)",
        json.dumps(list(values)),
        name,
    )


def within(scope: Scope) -> Conditions:
    """Which documents a reader may find at all."""
    found = Conditions()
    found.one_of("d.kind", scope.kinds)
    found.add("d.locale = %s", scope.locale)
    groups = [group for group in scope.audience if group != PUBLIC]
    ways: list[tuple[Any, ...]] = [("d.is_public",)] if PUBLIC in scope.audience else []
    ways += [_with_value(AUDIENCE, groups)] if groups else []
    if ways:
        found.add(f"({' OR '.join(way[0] for way in ways)})", *(value for way in ways for value in way[1:]))
    else:
        found.add("0")
    return found


def conditions(query: SearchQuery, *, without_facets: bool) -> Conditions:
    """What a document must satisfy besides the words; without the filters of the facets, for counting them."""
    found = within(query)
    if query.object_ids is not None:
        found.one_of("d.object_id", query.object_ids)
    for name, values in query.filters.items():
        if values and not (without_facets and name in query.facets):
            found.has_value(name, values)
    for name, (low, high) in query.ranges.items():
        ends = [(sign, end) for sign, end in ((">=", low), ("<=", high)) if end is not None]
        if not ends:
            continue
        number = f"EXISTS (SELECT 1 FROM {NUMBERS} n WHERE n.doc = d.rowid AND n.name = %s"
        inside = " AND ".join(f"n.value {sign} %s" for sign, _ in ends)
        limits = [end for _, end in ends]
        if name in query.unknown:
            found.add(f"({number} AND {inside}) OR NOT {number}))", name, *limits, name)
        else:
            found.add(f"{number} AND {inside})", name, *limits)
    return found


def score(query: SearchQuery, table: str, fields: Mapping[str, float], marked: float) -> tuple[str, list[Any]]:
    """FTS5's bm25 (lower is better) times the factors of the document; an exact title goes before everything."""
    weights = ", ".join(str(weight) for weight in [fields.get(column, 0.0) for column in WORD_COLUMNS[:-1]] + [marked])
    begins = " OR ".join(["substr(d.title_exact || ' ', 1, %s) = %s"] * len(query.words.beginnings)) or "0"
    beginnings = [part for text in query.words.beginnings for part in (len(text) + 1, f"{text} ")]
    title = f"(CASE WHEN d.title_exact = %s THEN {ranking.TITLE} WHEN {begins} THEN {ranking.BEGINS} ELSE 0.0 END)"
    return (
        f"(bm25({table}, {weights}) - {title}) * d.weight * {_AGED}",
        [query.words.title, *beginnings, query.today.isoformat()],
    )


def order(query: SearchQuery, *, ranked: bool) -> tuple[str, list[Any]]:
    """ORDER BY, blanks last. Without words, relevance means: the city's own, then the most complete and current."""
    direction = "DESC" if query.descending else "ASC"
    if query.sort == "name":
        return f"d.sort_name {direction}, d.id", []
    if query.sort != "relevance":
        return f"{_number()} {direction} NULLS LAST, d.id", [query.sort]
    newest = f"{_number()} DESC NULLS LAST, d.id"
    if ranked:
        return f"score, d.own DESC, {newest}", ["confirmed"]
    return f"d.own DESC, d.weight * {_AGED} DESC, {newest}", [query.today.isoformat(), "confirmed"]


def _number() -> str:
    return f"(SELECT n.value FROM {NUMBERS} n WHERE n.doc = d.rowid AND n.name = %s)"
