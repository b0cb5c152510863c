"""The groups of words that mean the same."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Group:
    """`forms` are found by each other; who types one of `also_typed` means the forms, but is not found by them."""

    forms: tuple[str, ...]
    also_typed: tuple[str, ...] = ()


def load() -> tuple[Group, ...]:
    return ()
