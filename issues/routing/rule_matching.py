"""Rules: rows that coordinators edit, and the question whether one matches the facts of a ticket."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self

from core.text import fold
from issues.routing.facts import CATEGORIES, Facts
from issues.routing.tokens import Phrase, Words, find_phrase, read

WARD = "@ward"  # stands for the agency of the ticket's ward
PROJECT_CONTACT = "@project_contact"  # stands for the contact agency of the linked project

LISTS = ("category", "ward", "sector", "kind", "project_contact_agency")
PHRASES = ("words_any", "words_all")
FLAGS = ("has_project",)


class RuleError(ValueError):
    """A rule that cannot be used; the message names the condition and the value."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a rule that the facts fulfil; ``found`` holds the values, words as written in the text."""

    name: str
    found: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    rule: Rule
    conditions: tuple[Condition, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the text that the rule asked for, as written."""
        return tuple(word for c in self.conditions if c.name in PHRASES for word in c.found)


@dataclass(frozen=True)
class Rule:
    """If all ``conditions`` hold, ``lead_agency`` leads; without one the rule only adds coordinating agencies.

    Rules are tried by ``priority``, the smallest first, then by ``number``. ``valid_from`` and ``valid_to`` are days,
    both inclusive. Agencies are codes, ``@ward`` or ``@project_contact``.
    """

    id: int | str
    number: int
    version: int
    priority: int
    name: str
    conditions: Mapping[str, Any]
    lead_agency: str | None
    coordinating: Sequence[str] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    active: bool = True
    _phrases: Mapping[str, tuple[Phrase, ...]] = field(init=False, repr=False, compare=False)
    order: tuple[int, int, str] = field(init=False, repr=False, compare=False)  # in which rules are tried
    _values: tuple[tuple[str, frozenset[str]], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        check_conditions(self.conditions)
        if self.lead_agency is None and not self.coordinating:
            raise RuleError(f"Rule {self.number} names no agency.")
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise RuleError(f"Rule {self.number} ends on {self.valid_to}, before it begins on {self.valid_from}.")
        phrases = {name: tuple(Phrase.of(p) for p in self.conditions.get(name, ())) for name in PHRASES}
        object.__setattr__(self, "_phrases", phrases)
        values = tuple((name, frozenset(self.conditions[name])) for name in LISTS if name in self.conditions)
        object.__setattr__(self, "_values", values)
        object.__setattr__(self, "order", (self.priority, self.number, str(self.id)))

    def in_force(self, day: date) -> bool:
        starts = self.valid_from is None or self.valid_from <= day
        return self.active and starts and (self.valid_to is None or day <= self.valid_to)

    def to_dict(self) -> dict[str, Any]:
        """As JSON, with everything ``from_dict`` needs to build the same rule again."""
        return {
            "id": self.id,
            "number": self.number,
            "version": self.version,
            "priority": self.priority,
            "name": self.name,
            "conditions": dict(self.conditions),
            "lead_agency": self.lead_agency,
            "coordinating": list(self.coordinating),
            "valid_from": self.valid_from.isoformat() if self.valid_from else None,
            "valid_to": self.valid_to.isoformat() if self.valid_to else None,
            "active": self.active,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        return cls(
            id=data["id"],
            number=data["number"],
            version=data["version"],
            priority=data["priority"],
            name=data["name"],
            conditions=data["conditions"],
            lead_agency=data["lead_agency"],
            coordinating=tuple(data.get("coordinating", ())),
            valid_from=_day(data.get("valid_from")),
            valid_to=_day(data.get("valid_to")),
            active=data.get("active", True),
        )


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def check_conditions(conditions: Any) -> None:
    """Raise ``RuleError`` unless ``conditions`` has the shape that rules are made of."""
    if not isinstance(conditions, Mapping):
        raise RuleError(f"Conditions must be an object, not {type(conditions).__name__}.")
    for name, value in conditions.items():
        if name in FLAGS:
            if not isinstance(value, bool):
                raise RuleError(f"{name} must be true or false, not {value!r}.")
        elif name in LISTS or name in PHRASES:
            _check_list(name, value)
        else:
            known = ", ".join(LISTS + PHRASES + FLAGS)
            raise RuleError(f"Unknown condition {name!r}; known are {known}.")


def _check_list(name: str, value: Any) -> None:
    if not isinstance(value, list | tuple) or not value:
        raise RuleError(f"{name} must be a list with at least one entry, not {value!r}.")
    for entry in value:
        if not isinstance(entry, str) or not entry.strip():
            raise RuleError(f"{name} must hold words, not {entry!r}.")
        if name == "category" and entry not in CATEGORIES:
            raise RuleError(f"Unknown category {entry!r}.")
        if name in PHRASES and not Phrase.of(entry).folded:
            raise RuleError(f"{name} has an entry without letters or digits: {entry!r}.")


def matches(rule: Rule, facts: Facts, words: Words | None = None) -> Match | None:
    """Return which conditions of ``rule`` the facts fulfil, or ``None`` unless they fulfil all of them.

    ``words`` saves reading the text again when many rules are tried. A rule without conditions matches everything.
    """
    for name, wanted in rule._values:  # cheap checks first: most rules ask for something else
        if getattr(facts, name) not in wanted:
            return None
    fulfilled = []
    for name in rule.conditions:
        condition = _fulfilled(rule, name, facts, words)
        if condition is None:
            return None
        fulfilled.append(condition)
    return Match(rule, tuple(fulfilled))


def _fulfilled(rule: Rule, name: str, facts: Facts, words: Words | None) -> Condition | None:
    wanted = rule.conditions[name]
    if name == "has_project":
        return Condition(name) if (facts.project is not None) == wanted else None
    if name in LISTS:
        return Condition(name, (getattr(facts, name),))  # one of the wanted values: `matches` has checked
    words = words or read(facts.text)
    found = []
    for phrase in rule._phrases[name]:
        at = find_phrase(words, phrase)
        if at is not None:
            found.append(words.as_written(at, at + len(phrase.folded)))
        elif name == "words_all":
            return None
    return Condition(name, tuple(dict.fromkeys(found))) if found else None


def describe(rule: Rule) -> list[tuple[str, dict[str, Any]]]:
    """The rule as parts of a sentence, each a code and its parameters, to be put in words by ``explain``.

    Conditions come first, in a fixed order; then who leads, who coordinates, and from when to when.
    """
    parts: list[tuple[str, dict[str, Any]]] = []
    for name in (*LISTS, *PHRASES):
        if name in rule.conditions:
            values = sorted(rule.conditions[name], key=fold) if name in LISTS else list(rule.conditions[name])
            parts.append((f"if_{name}", {"values": values}))
    if "has_project" in rule.conditions:
        parts.append(("if_project" if rule.conditions["has_project"] else "if_no_project", {}))
    if not rule.conditions:
        parts.append(("always", {}))
    if rule.lead_agency:
        parts.append(("lead", {"agency": rule.lead_agency}))
    if rule.coordinating:
        parts.append(("coordinating", {"agencies": list(rule.coordinating)}))
    if rule.valid_from:
        parts.append(("from", {"date": rule.valid_from.isoformat()}))
    if rule.valid_to:
        parts.append(("until", {"date": rule.valid_to.isoformat()}))
    return parts
