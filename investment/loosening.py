"""What a search that found nothing would find with one word or one filter less."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from investment import buckets
from investment.catalogue import ProjectQuery, search_projects

MOST_TRIED = 8  # each is a search
MOST_WORDS = 5


@dataclass(frozen=True)
class Looser:
    """A query with one thing less, and how many projects it finds. `name` is the filter left out (a range is
    `capital_range` or `area_range`), `filters` for all of them, or `q`, whose word is `without`."""

    name: str
    without: str
    query: ProjectQuery
    count: int


def loosened_counts(query: ProjectQuery, names: Sequence[str] = ()) -> list[Looser]:
    """Queries with one word or filter less that find something, the most first; at most `MOST_TRIED` are tried.

    `names` are the words of the query as they were understood, a name of several words as one: of "Cà Mau" only the
    whole is left out.
    """
    found = []
    for tried, (name, without, looser) in enumerate(_looser(query, names or query.q.split())):
        if tried == MOST_TRIED:
            break
        results = search_projects(replace(looser, page=1, page_size=1))
        if results.count and not (results.corrected or results.loosened):
            found.append(Looser(name, without, looser, results.count))
    return sorted(found, key=lambda each: -each.count)


def _looser(query: ProjectQuery, words: Sequence[str]) -> Iterator[tuple[str, str, ProjectQuery]]:
    """Filters before words: people notice them less. The only word is left out where filters remain."""
    filtered = list(_without_a_filter(query))
    for name, less in filtered:
        yield name, "", less
    if words and len(filtered) > 1:
        yield "filters", "", ProjectQuery(q=query.q, locale=query.locale, page_size=query.page_size)
    for position, word in enumerate(words[:MOST_WORDS] if filtered or len(words) > 1 else []):
        yield "q", word, replace(query, q=" ".join([*words[:position], *words[position + 1 :]]))


def _without_a_filter(query: ProjectQuery) -> Iterator[tuple[str, ProjectQuery]]:
    for name in (*buckets.FACETS, "ward"):
        if query.chosen(name):
            nothing: dict[str, Any] = {name: ()}
            yield name, replace(query, **nothing)
    for name in ("capital", "area"):
        if (getattr(query, f"{name}_min"), getattr(query, f"{name}_max")) != (None, None):
            ends: dict[str, Any] = {f"{name}_min": None, f"{name}_max": None, f"{name}_unknown": False}
            yield f"{name}_range", replace(query, **ends)
