"""Counts of facets from one grouping."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

Counts = dict[str, dict[str, int]]
Values = Mapping[str, Sequence[str]]


def roll_up(
    groups: Iterable[tuple[Values, int]], names: Sequence[str], chosen: Mapping[str, tuple[str, ...]]
) -> tuple[int, Counts]:
    """The total and each facet's counts, every facet ignoring what is chosen in itself.

    A group is values by name and the number of documents that have exactly these, counted before any filter by the
    facets: so one GROUP BY gives every number. A document with several values of a facet counts under each.
    """
    total = 0
    counts: Counts = {name: dict.fromkeys(chosen.get(name, ()), 0) for name in names}
    wanted = {name: frozenset(chosen[name]) for name in names if chosen.get(name)}
    for values, n in groups:
        missed = [name for name, some in wanted.items() if some.isdisjoint(values.get(name, ()))]
        if not missed:
            total += n
        for name in names if not missed else missed if len(missed) == 1 else ():
            of_facet = counts[name]
            for value in values.get(name, ()):
                of_facet[value] = of_facet.get(value, 0) + n
    return total, counts
