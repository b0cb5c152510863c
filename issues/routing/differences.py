"""How two versions of a rule differ, as parts that can be said in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from issues.routing.rule_matching import LISTS, PHRASES, Rule


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that changed: a plain value (``before`` → ``after``), or what was ``added`` and ``removed``."""

    code: str
    before: Any = None
    after: Any = None
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def differences(old: Rule, new: Rule) -> list[Difference]:
    """What decides, and differs between two versions; names are not looked at. In a fixed order."""
    found = [_plain(name, old, new) for name in ("priority", "active")]
    found += [_listed(name, old.conditions.get(name, ()), new.conditions.get(name, ())) for name in (*LISTS, *PHRASES)]
    flags = (old.conditions.get("has_project"), new.conditions.get("has_project"))
    found.append(Difference("has_project", *flags) if flags[0] != flags[1] else None)
    found.append(_plain("lead_agency", old, new))
    found.append(_listed("coordinating", old.coordinating, new.coordinating))
    found += [_plain(name, old, new) for name in ("valid_from", "valid_to")]
    return [difference for difference in found if difference is not None]


def _plain(name: str, old: Rule, new: Rule) -> Difference | None:
    before, after = getattr(old, name), getattr(new, name)
    return Difference(name, before, after) if before != after else None


def _listed(name: str, old: Sequence[str], new: Sequence[str]) -> Difference | None:
    added = tuple(value for value in new if value not in old)
    removed = tuple(value for value in old if value not in new)
    return Difference(name, added=added, removed=removed) if added or removed else None
