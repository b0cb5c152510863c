"""Understands a query: what its words may mean, which of them the documents have, and what a mistyped one meant."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from core.text import beginning
from search.engines.base import Engine, Scope
from search.query import fillers
from search.query.expansions import Expansions
from search.query.nearness import nearest
from search.query.parsed import CORRECTED, SYNONYM, Alternative, Keys, ParsedText, Part
from search.words.keys import keys, keys_of, marked_key
from search.words.syllables import alike, from_telex, from_vni, is_syllable, splits
from search.words.tokens import composed, tokens

MAX_CHARACTERS = 400
MAX_WORDS = 24
_MOST_SPLITS = 8
_MOST_NEAR = 3
_MOST_ALTERNATIVES = 12  # of one part
_GLUE = frozenset("-–_./")

Known = Callable[[Iterable[Keys]], set[Keys]]


@dataclass(frozen=True)
class Typed:
    """One word as typed: folded, its keys, its marked key where it has marks, and whether it is glued to the next.

    Of a repaired word these are what it was meant as; `near` are other keys that it may have been meant as.
    """

    word: str
    keys: Keys
    marked: str
    composed: str
    written: str
    glued: bool
    meant: str = ""
    near: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Unit:
    """Words that are sought as one: a name of several words, a code, or a single word."""

    typed: tuple[Typed, ...]
    others: tuple[Keys, ...] = ()
    filler: bool = False
    place: bool = False

    @property
    def run(self) -> Keys:
        return tuple(key for word in self.typed for key in word.keys)

    @property
    def written(self) -> str:
        return " ".join(word.written for word in self.typed if word.written)

    @property
    def meant(self) -> str:
        repaired = any(word.meant for word in self.typed)
        return " ".join(word.meant or word.written for word in self.typed) if repaired else ""


def read(text: str) -> list[Typed]:
    """The words of a query; total: any string is accepted, and of a very long one only the beginning counts."""
    text = beginning(text, MAX_CHARACTERS)
    found = tokens(text)[:MAX_WORDS]
    typed = []
    for token, following in zip_longest(found, found[1:]):
        written = text[token.start : token.end]
        marked = marked_key(written)
        typed.append(
            Typed(
                word=token.word,
                keys=keys(token.word),
                marked=marked if marked != token.word else "",
                composed=composed(written),
                written=written,
                glued=following is not None and text[token.end : following.start] in _GLUE,
            )
        )
    return typed


def begin(text: str, table: Expansions) -> ParsedText:
    """A query that is still being typed: every word counts, the last may be the beginning of any other."""
    units = _units(read(text), table)
    parts = [_part(unit, [Alternative(unit.run), *_synonyms(unit)], required=True) for unit in units]
    if parts:
        last = parts[-1]
        parts[-1] = Part(last.alternatives, marked=last.marked, unfinished=True, typed=last.typed)
    return ParsedText(tuple(parts))


def understand(text: str, table: Expansions, engine: Engine, scope: Scope) -> ParsedText:
    """Understand `text` for a reader of `scope`: one or two questions to the engine about which words it has.

    Words that no document has are repaired where something near is known, and left out otherwise, so that one of
    them never empties the answer.
    """
    typed = read(text)
    if not typed:
        return ParsedText()

    def known(runs: Iterable[Keys]) -> set[Keys]:
        asked = set(runs)
        return engine.known(asked, scope) if asked else set()

    reading = _Reading(typed, table, known)
    repaired = _Repairs(reading, known, lambda word: engine.near(word, scope)).typed()
    if repaired != typed:  # what the words are parts of may be seen only now
        reading = _Reading(repaired, table, known)
    parts = [reading.part(position) for position in range(len(reading.units))]
    return ParsedText(
        parts=tuple(dict.fromkeys(part for part in parts if part is not None)),
        title=" ".join(keys_of(text)),
        ignored=tuple(
            unit.written for unit, part in zip(reading.units, parts, strict=True) if not part and not unit.filler
        ),
        unfindable=not any(parts),
    )


def _units(typed: Sequence[Typed], table: Expansions) -> list[_Unit]:
    """Codes, then the longest known names and fillers, then single words."""
    units: list[_Unit] = []
    any_marks = any(word.marked for word in typed)
    position = 0
    while position < len(typed):
        unit = _code_at(typed, position) or _name_at(typed, position, table, any_marks=any_marks)
        units.append(unit)
        position += len(unit.typed)
    return units


def _code_at(typed: Sequence[Typed], position: int) -> _Unit | None:
    """Words glued by a hyphen or a stroke, with a number among them: "HN-001"."""
    end = position
    while end < len(typed) - 1 and typed[end].glued:
        end += 1
    run = tuple(typed[position : end + 1])
    return _Unit(run) if len(run) > 1 and any(char.isdigit() for word in run for char in word.word) else None


def _name_at(typed: Sequence[Typed], position: int, table: Expansions, *, any_marks: bool) -> _Unit:
    longest = min(max(table.longest, fillers.LONGEST), len(typed) - position)
    for length in range(longest, 0, -1):
        words = tuple(typed[position : position + length])
        run = tuple(key for word in words for key in word.keys)
        others = _others(words, table)
        if others or table.is_place([run]):
            return _Unit(words, others, place=table.is_place([run, *others]))
        if fillers.is_filler(tuple(word.composed for word in words), any_marks=any_marks):
            return _Unit(words, filler=True)
    return _Unit((typed[position],))


def _first_runs(units: Sequence[_Unit], typed: Sequence[Typed]) -> set[Keys]:
    """Everything worth asking at once: units, their other names, their words, neighbours as pairs and joined."""
    runs = {unit.run for unit in units} | {other for unit in units for other in unit.others}
    runs |= {word.keys for word in typed} | {(key,) for word in typed for key in word.keys}
    for unit, number in pairwise(units):
        joined = _with_number(unit, number)
        runs |= {joined.run, *joined.others} if joined else set()
    for one, other in pairwise(typed):
        runs.add(one.keys + other.keys)
        runs.add(keys(one.word + other.word))
    return runs


def _numbered(units: Sequence[_Unit], has: set[Keys]) -> list[_Unit]:
    """A number belongs to the word before it where documents write them side by side: "vành đai 3", "tuyến số 5"."""
    found: list[_Unit] = []
    for unit in units:
        joined = _with_number(found[-1], unit) if found else None
        if joined is not None and (joined.run in has or any(other in has for other in joined.others)):
            found[-1] = joined
        else:
            found.append(unit)
    return found


def _with_number(unit: _Unit, number: _Unit) -> _Unit | None:
    if unit.place or not number.run[0].isdigit() or number.others or not unit.run[-1].isalpha():
        return None
    return _Unit(unit.typed + number.typed, tuple(other + number.run for other in unit.others))


def _divided(unit: _Unit, has: set[Keys], table: Expansions) -> list[_Unit]:
    """The unit, or its words one by one where no document has it as a whole."""
    if len(unit.typed) == 1 or unit.place or unit.run in has or any(other in has for other in unit.others):
        return [unit]
    return [_Unit((word,), _others((word,), table), unit.filler) for word in unit.typed]


def _others(words: Sequence[Typed], table: Expansions) -> tuple[Keys, ...]:
    """What else some words may be called; of letters with a number the letters: "QL6" is "quốc lộ 6" too."""
    run = tuple(key for word in words for key in word.keys)
    others = table.of(run, [word.marked for word in words])
    if not others and len(words) == 1 and len(run) > 1 and run[0].isalpha():
        others = tuple(other + run[1:] for other in table.of(run[:1], ()))
    return others


def _synonyms(unit: _Unit) -> list[Alternative]:
    return [Alternative(other, SYNONYM) for other in unit.others][:_MOST_ALTERNATIVES]


def _part(unit: _Unit, alternatives: Sequence[Alternative], *, required: bool) -> Part:
    return Part(
        alternatives=tuple(dict.fromkeys(alternatives)),
        required=required,
        essential=unit.place,
        marked=tuple(word.marked for word in unit.typed if word.marked),
        typed=unit.written,
        meant=unit.meant,
    )


class _Reading:
    """The words of a query as units, and what the documents have of them; one question to the engine."""

    def __init__(self, typed: Sequence[Typed], table: Expansions, known: Known) -> None:
        units = _units(typed, table)
        self.has = known(_first_runs(units, typed))
        self.units = [piece for unit in _numbered(units, self.has) for piece in _divided(unit, self.has, table)]
        self._sounding = self._sounds_like(known)

    def part(self, position: int) -> Part | None:
        """The part of one unit, or None where no document has it."""
        unit = self.units[position]
        found = [Alternative(unit.run)] if unit.run in self.has else []
        found += [other for other in _synonyms(unit) if other.words in self.has]
        if unit.place:  # it exists, though perhaps no document is about it: nothing near it is meant
            return _part(unit, found or [Alternative(unit.run)], required=True)
        if found:
            found += self._scattered(unit)
        found += self._with_neighbour(position)
        found += [Alternative((word,), CORRECTED) for word in self._sounding.get(position, ())]
        found += [Alternative((key,), CORRECTED) for word in unit.typed for key in word.near]
        found = found or self._loosely(unit)
        return _part(unit, found, required=not unit.filler or self._is_name(position)) if found else None

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

    def _scattered(self, unit: _Unit) -> list[Alternative]:
        """The words of a name that stands nowhere as typed: each anywhere, if documents have them all."""
        words = [word.keys for word in unit.typed]
        if len(words) == 1 or unit.run in self.has or not all(word in self.has for word in words):
            return []
        return [Alternative(unit.run, CORRECTED, together=False)]

    def _loosely(self, unit: _Unit) -> list[Alternative]:
        """Letters and digits that stand nowhere side by side: each anywhere, if documents have them all."""
        keys_there = all((key,) in self.has for key in unit.run)
        if len(unit.run) == 1 or not keys_there or not any(key.isalpha() for key in unit.run):
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


class _Repairs:
    """What a word that no document has may have been meant as. Asks the engine only where there is such a word."""

    def __init__(self, reading: _Reading, known: Known, near: Callable[[str], list[str]]) -> None:
        self._reading = reading
        self._known = known
        self._near = near

    def typed(self) -> list[Typed]:
        """All words, the mistyped ones as they were meant."""
        found: list[Typed] = []
        for position, unit in enumerate(self._reading.units):
            mistyped = self._reading.needs_repair(position)
            found += self._repaired(unit.typed[0], position) if mistyped else unit.typed
        return found

    def _repaired(self, typed: Typed, position: int) -> list[Typed]:
        word = typed.word
        meant = [keys(plain) for plain in (from_telex(word), from_vni(word)) if plain]
        letters = word.rstrip("0123456789")
        for split in list(splits(letters))[:_MOST_SPLITS]:
            pieces = (*split, word[len(letters) :])
            meant += [tuple(key for piece in pieces if piece for key in keys(piece))]
        meant += [keys(word[:at]) + keys(word[at:]) for at in range(3, len(word) - 2) if word.isalpha()]
        has = self._known(meant)
        run = next((run for run in meant if run in has), ())
        near: list[str] = []
        if not run and word.isalpha():
            near = self._fitting(position, nearest(typed.keys[0], self._near(typed.keys[0])))
            run = tuple(near[:1])
        return [
            Typed(
                word=key,
                keys=(key,),
                marked="",
                composed=key,
                written="" if number else typed.written,
                glued=False,
                meant=key,
                near=tuple(near[1:]),
            )
            for number, key in enumerate(run)
        ] or [typed]

    def _fitting(self, position: int, words: Sequence[str]) -> list[str]:
        """Of some words that documents have those that stand beside a neighbour in one; where none does, all."""
        pairs = {word: self._reading.pairs(position, word) for word in words}
        has = self._known([(word,) for word in words] + [pair for options in pairs.values() for pair in options])
        there = [word for word in words if (word,) in has]
        fitting = [word for word in there if any(pair in has for pair in pairs[word])]
        return (fitting or there)[:_MOST_NEAR]
