"""The units of a query, and what the documents have of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from search.query import fillers
from search.query.expansions import Expansions
from search.query.parsed import CORRECTED, SYNONYM, Alternative, Keys, Part
from search.query.typed import Typed
from search.query.units import Unit, divided, numbered, units_of, with_number
from search.words.keys import keys
from search.words.syllables import alike, is_syllable

_MOST_ALTERNATIVES = 12  # of one part

Known = Callable[[Iterable[Keys]], set[Keys]]


class Reading:
    """The words of a query as units, and what the documents have of them; one question to the engine."""

    def __init__(self, typed: Sequence[Typed], table: Expansions, known: Known) -> None:
        units = units_of(typed, table)
        self.has = known(_first_runs(units, typed))
        self.units = [piece for unit in numbered(units, self.has) for piece in divided(unit, self.has, table)]
        self._sounding = self._sounds_like(known)

    def part(self, position: int) -> Part | None:
        """The part of one unit, or None where no document has it."""
        unit = self.units[position]
        found = [Alternative(unit.run)] if unit.run in self.has else []
        found += [other for other in synonyms(unit) if other.words in self.has]
        if unit.place:  # it exists, though perhaps no document is about it: nothing near it is meant
            return part_of(unit, found or [Alternative(unit.run)], required=True)
        if found:
            found += self._scattered(unit)
        found += self._with_neighbour(position)
        found += [Alternative((word,), CORRECTED) for word in self._sounding.get(position, ())]
        found += [Alternative((key,), CORRECTED) for word in unit.typed for key in word.near]
        found = found or self._loosely(unit)
        return part_of(unit, found, required=not unit.filler or self._is_name(position)) if found else None

    def needs_repair(self, position: int) -> bool:
        """Whether no document has the word, so that it may be mistyped."""
        unit = self.units[position]
        if len(unit.typed) > 1 or unit.filler or unit.place or unit.others or unit.run in self.has:
            return False
        return not self._with_neighbour(position)

    def pairs(self, position: int, key: str) -> list[Keys]:
        """A key in the place of a unit, beside its neighbours."""
        before = [(*self.units[position - 1].run[-1:], key)] if position else []
        after = [(key, *self.units[position + 1].run[:1])] if position + 1 < len(self.units) else []
        return before + after

    def _scattered(self, unit: Unit) -> list[Alternative]:
        """The words of a name that stands nowhere as typed: each anywhere, if documents have them all."""
        words = [word.keys for word in unit.typed]
        if len(words) == 1 or unit.run in self.has or not all(word in self.has for word in words):
            return []
        return [Alternative(unit.run, CORRECTED, together=False)]

    def _loosely(self, unit: Unit) -> list[Alternative]:
        """Letters and digits that stand nowhere side by side: each anywhere, if documents have them all."""
        keys_there = all((key,) in self.has for key in unit.run)
        if len(unit.run) == 1 or unit.is_code or not keys_there or not any(key.isalpha() for key in unit.run):
            return []
        return [Alternative(unit.run, CORRECTED, together=False)]

    def _is_name(self, position: int) -> bool:
        """An English filler that is a part of a Vietnamese name here: the An of Hội An."""
        unit = self.units[position]
        if len(unit.typed) > 1 or unit.typed[0].composed not in fillers.AMBIGUOUS or position == 0:
            return False
        before = self.units[position - 1]
        return is_syllable(before.typed[-1].word) and before.typed[-1].keys + unit.run in self.has

    def _with_neighbour(self, position: int) -> list[Alternative]:
        """Written as one word with the word before or after, where documents do: "waste water" and "wastewater"."""
        found = []
        for one, other in ((position - 1, position), (position, position + 1)):
            if one < 0 or other >= len(self.units):
                continue
            first, second = self.units[one].typed, self.units[other].typed
            if len(first) == len(second) == 1:
                joined = keys(first[0].word + second[0].word)
                if joined in self.has:
                    found.append(Alternative(joined, SYNONYM))
        return found

    def _sounds_like(self, known: Known) -> dict[int, list[str]]:
        """For neighbours that no document has side by side: words pronounced alike, with which some document does."""
        candidates: dict[Keys, tuple[int, str]] = {}
        for position, (one, other) in enumerate(pairwise(self.units)):
            if len(one.typed) > 1 or len(other.typed) > 1 or one.run + other.run in self.has:
                continue
            for at, unit in ((position, one), (position + 1, other)):
                for word in alike(unit.typed[0].word):
                    run = keys(word) + other.run if at == position else one.run + keys(word)
                    candidates[run] = (at, keys(word)[0])
        found: dict[int, list[str]] = {}
        for run in known(candidates):
            at, word = candidates[run]
            found.setdefault(at, []).append(word)
        return found


def _first_runs(units: Sequence[Unit], typed: Sequence[Typed]) -> set[Keys]:
    """Everything worth asking at once: units, their other names, their words, neighbours as pairs and joined."""
    runs = {unit.run for unit in units} | {other for unit in units for other in unit.others}
    runs |= {word.keys for word in typed} | {(key,) for word in typed for key in word.keys}
    for unit, number in pairwise(units):
        joined = with_number(unit, number)
        runs |= {joined.run, *joined.others} if joined else set()
    for one, other in pairwise(typed):
        runs.add(one.keys + other.keys)
        runs.add(keys(one.word + other.word))
    return runs


def synonyms(unit: Unit) -> list[Alternative]:
    return [Alternative(other, SYNONYM) for other in unit.others][:_MOST_ALTERNATIVES]


def part_of(unit: Unit, alternatives: Sequence[Alternative], *, required: bool) -> Part:
    return Part(
        alternatives=tuple(dict.fromkeys(alternatives)),
        required=required,
        essential=unit.place,
        marked=tuple(word.marked for word in unit.typed if word.marked),
        typed=unit.written,
        meant=unit.meant,
    )
