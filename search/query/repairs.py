"""What a mistyped word was meant as: Telex, VNI, words written as one, or a word that is spelled nearly like it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from search.query.expansions import Expansions
from search.query.nearness import nearest
from search.query.reading import Known, Reading
from search.query.typed import Typed
from search.words.keys import keys
from search.words.syllables import from_telex, from_vni, splits

_MOST_SPLITS = 8
_LONGEST_JOINED = 40  # letters of a word that may be two, written without a space
_MOST_NEAR = 3


class Repairs:
    """What a word that no document has may have been meant as. Asks the engine only where there is such a word."""

    def __init__(self, reading: Reading, table: Expansions, known: Known, near: Callable[[str], list[str]]) -> None:
        self._reading = reading
        self._table = table
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
        if word.isalpha() and len(word) <= _LONGEST_JOINED:
            meant += [keys(word[:at]) + keys(word[at:]) for at in range(3, len(word) - 2)]
        has = self._known(meant)
        run = next((run for run in meant if run in has), ())
        near: list[str] = []
        if not run and word.isalpha():
            near = self._fitting(position, nearest(typed.keys[0], self._near(typed.keys[0]))) or self._named(typed)
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

    def _named(self, typed: Typed) -> list[str]:
        """Names spelled nearly like the word that no document writes, but other names of the same thing: "motorwy"."""
        others = {name: self._table.of((name,), ()) for name in nearest(typed.keys[0], self._table.words)}
        has = self._known(run for runs in others.values() for run in runs)
        return [name for name, runs in others.items() if not has.isdisjoint(runs)][:1]

    def _fitting(self, position: int, words: Sequence[str]) -> list[str]:
        """Of some words that documents have those that stand beside a neighbour in one; where none does, all."""
        pairs = {word: self._reading.pairs(position, word) for word in words}
        has = self._known([(word,) for word in words] + [pair for options in pairs.values() for pair in options])
        there = [word for word in words if (word,) in has]
        fitting = [word for word in there if any(pair in has for pair in pairs[word])]
        return (fitting or there)[:_MOST_NEAR]
