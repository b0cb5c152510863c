"""What the words of a query are parts of: codes, names of several words, things with a number, single words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from search.query import fillers
from search.query.expansions import Expansions
from search.query.parsed import Keys
from search.query.typed import Typed

_LETTERS = 4  # of a code at most


@dataclass(frozen=True)
class Unit:
    """Words that are sought as one: a name of several words, a code, or a single word."""

    typed: tuple[Typed, ...]
    others: tuple[Keys, ...] = ()
    filler: bool = False
    place: bool = False

    @property
    def run(self) -> Keys:
        return tuple(key for word in self.typed for key in word.keys)

    @property
    def is_code(self) -> bool:
        """A few letters and a number, written as one: "HN-001"."""
        first, *others = [word.word for word in self.typed]
        return first.isalpha() and len(first) <= _LETTERS and len(others) == 1 and others[0].isdigit() and self.glued

    @property
    def glued(self) -> bool:
        """Whether nothing but a hyphen or a stroke stands between the words."""
        return all(word.glued for word in self.typed[:-1])

    @property
    def written(self) -> str:
        return " ".join(word.written for word in self.typed if word.written)

    @property
    def meant(self) -> str:
        repaired = any(word.meant for word in self.typed)
        return " ".join(word.meant or word.written for word in self.typed) if repaired else ""


def units_of(typed: Sequence[Typed], table: Expansions) -> list[Unit]:
    """Codes, then the longest known names and fillers, then single words."""
    units: list[Unit] = []
    any_marks = any(word.marked for word in typed)
    position = 0
    while position < len(typed):
        unit = _code_at(typed, position) or _name_at(typed, position, table, any_marks=any_marks)
        units.append(unit)
        position += len(unit.typed)
    return units


def _code_at(typed: Sequence[Typed], position: int) -> Unit | None:
    """Words glued by a hyphen or a stroke, with a number among them: "HN-001"."""
    end = position
    while end < len(typed) - 1 and typed[end].glued:
        end += 1
    run = tuple(typed[position : end + 1])
    return Unit(run) if len(run) > 1 and any(char.isdigit() for word in run for char in word.word) else None


def _name_at(typed: Sequence[Typed], position: int, table: Expansions, *, any_marks: bool) -> Unit:
    longest = min(max(table.longest, fillers.LONGEST), len(typed) - position)
    for length in range(longest, 0, -1):
        words = tuple(typed[position : position + length])
        run = tuple(key for word in words for key in word.keys)
        others = _others(words, table)
        if others or table.is_place([run]):
            return Unit(words, others, place=table.is_place([run, *others]))
        if fillers.is_filler(tuple(word.composed for word in words), any_marks=any_marks):
            return Unit(words, filler=True)
    return Unit((typed[position],))


def numbered(units: Sequence[Unit], has: set[Keys]) -> list[Unit]:
    """A number belongs to the word before it where documents write them side by side: "vành đai 3", "tuyến số 5"."""
    found: list[Unit] = []
    for unit in units:
        joined = with_number(found[-1], unit) if found else None
        if joined is not None and (joined.run in has or any(other in has for other in joined.others)):
            found[-1] = joined
        else:
            found.append(unit)
    return found


def with_number(unit: Unit, number: Unit) -> Unit | None:
    if unit.place or not number.run[0].isdigit() or number.others or not unit.run[-1].isalpha():
        return None
    return Unit(unit.typed + number.typed, tuple(other + number.run for other in unit.others))


def divided(unit: Unit, has: set[Keys], table: Expansions) -> list[Unit]:
    """The unit, or its words one by one where no document has it as a whole. A code that none has is only that code."""
    if (
        len(unit.typed) == 1
        or unit.place
        or unit.is_code
        or unit.run in has
        or any(other in has for other in unit.others)
    ):
        return [unit]
    return [Unit((word,), _others((word,), table), unit.filler) for word in unit.typed]


def _others(words: Sequence[Typed], table: Expansions) -> tuple[Keys, ...]:
    """What else some words may be called; of letters with a number the letters: "QL6" is "quốc lộ 6" too."""
    run = tuple(key for word in words for key in word.keys)
    others = table.of(run, [word.marked for word in words])
    if not others and len(words) == 1 and len(run) > 1 and run[0].isalpha():
        others = tuple(other + run[1:] for other in table.of(run[:1], ()))
    return others
