"""Counts of facets from one grouping."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

Counts = dict[str, dict[str, int]]


def roll_up(
    groups: Iterable[tuple[Sequence[str], int]], names: Sequence[str], chosen: Mapping[str, tuple[str, ...]]
) -> tuple[int, Counts]:
    """The total and each facet's counts, every facet ignoring what is chosen in itself.

    A group is the values of `names`, in that order, and the number of documents that have exactly these, counted
    before any facet filter: so one GROUP BY gives every number.
    """
    total = 0
    counts: Counts = {name: dict.fromkeys(chosen.get(name, ()), 0) for name in names}
    for values, n in groups:
        missed = [i for i, name in enumerate(names) if chosen.get(name) and values[i] not in chosen[name]]
        if not missed:
            total += n
        for i in range(len(names)) if not missed else missed if len(missed) == 1 else ():
            counts[names[i]][values[i]] = counts[names[i]].get(values[i], 0) + n
    return total, counts
