"""The groups of words in force, as plain values for the parser of queries."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from search.models import WordGroup
from search.words.lines import split


@dataclass(frozen=True)
class Group:
    """Words that mean the same. A search for one of `forms` or `also_typed` finds texts that hold any of `forms`."""

    forms: tuple[str, ...]
    also_typed: tuple[str, ...] = ()


def load() -> tuple[Group, ...]:
    """The active groups in the order in which they were made: one query, read each time."""
    rows = WordGroup.objects.filter(active=True).order_by("pk").values_list("forms", "also_typed")
    return _groups(tuple(rows))


@lru_cache(maxsize=4)
def _groups(rows: tuple[tuple[str, str], ...]) -> tuple[Group, ...]:
    """The rows as groups. Every search reads the rows, but their texts are seldom new."""
    return tuple(Group(split(forms), split(also_typed)) for forms, also_typed in rows)
