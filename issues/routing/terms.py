"""Weighted terms of a category: which phrases count for it, and with which weight.

A phrase is found by its folded words. Where the text is written with Vietnamese marks, they must not contradict the
phrase: "điện" is not found in "diện tích", nor "chợ" in "cho". A text without marks is taken as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from issues.routing.tokens import Words, has_marks, marked, phrase_key, read

# A repeated phrase adds less each time: 1, then a half, then nothing more.
REPEATS = (1.0, 0.5)
# Without marks, these are nearly always another word: "cho" is rarely "chợ", "den" rarely "đền".
SOMETHING_ELSE = frozenset({"cho", "den", "hoi", "khoi", "mo", "on", "song", "voi"})
UNMARKED = 0.4  # of its weight has a lone marked syllable in a text without marks: "dien" may be several words


@dataclass(frozen=True, slots=True)
class Term:
    """One row of the term lists. Weight 0 keeps shorter terms inside the phrase from counting."""

    category: str
    phrase: str
    weight: float


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase of the lists found in a text, in the spelling of the text."""

    written: str
    weights: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class _Spelling:
    """One way to write a folded phrase, and what it weighs for each category."""

    words: tuple[str, ...]
    weights: dict[str, float]

    @property
    def is_lone_and_marked(self) -> bool:
        return len(self.words) == 1 and has_marks(self.words[0])


class TermIndex:
    """Finds all listed phrases of a text in one pass; where phrases overlap, the longest from the left counts."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._spellings: dict[tuple[str, ...], list[_Spelling]] = {}
        lengths: dict[str, set[int]] = {}
        for term in terms:
            key = phrase_key(term.phrase)
            if not key:
                continue
            weights = self._weights_of(key, tuple(marked(word) for word in read(term.phrase).written))
            weights[term.category] = max(term.weight, weights.get(term.category, 0.0))
            lengths.setdefault(key[0], set()).add(len(key))
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}

    def find(self, words: Words) -> list[Found]:
        """The phrases found, in the order of the text; a repeated phrase counts as ``REPEATS`` says."""
        found, heard, index = [], dict[tuple[str, ...], int](), 0
        written = [marked(word) for word in words.written]
        without_marks = not any(has_marks(word) for word in written)
        while index < len(words.folded):
            key, weights = self._longest_at(words.folded, written, index, without_marks=without_marks)
            if key is None:
                index += 1
                continue
            said_as = tuple(written[index : index + len(key)])
            times = heard.get(said_as, 0)
            if times < len(REPEATS):
                said = {c: w * REPEATS[times] for c, w in weights.items() if w}
                if said:
                    found.append(Found(words.as_written(index, index + len(key)), said))
            heard[said_as] = times + 1
            index += len(key)
        return found

    def _weights_of(self, key: tuple[str, ...], spelling: tuple[str, ...]) -> dict[str, float]:
        known = self._spellings.setdefault(key, [])
        same = next((s for s in known if s.words == spelling), None)
        if same is None:
            same = _Spelling(spelling, {})
            known.append(same)
        return same.weights

    def _longest_at(
        self, folded: list[str], written: list[str], index: int, *, without_marks: bool
    ) -> tuple[tuple[str, ...] | None, dict[str, float]]:
        for length in self._lengths.get(folded[index], ()):
            key = tuple(folded[index : index + length])
            weights: dict[str, float] = {}
            heard = False
            for spelling, factor in self._heard(key, written[index : index + length], without_marks=without_marks):
                heard = True
                for category, weight in spelling.weights.items():
                    weights[category] = max(weight * factor, weights.get(category, 0.0))
            if heard:
                return key, weights
        return None, {}

    def _heard(
        self, key: tuple[str, ...], written: list[str], *, without_marks: bool
    ) -> Iterator[tuple[_Spelling, float]]:
        """The spellings that the text does not contradict, each with the share of its weight that counts."""
        for spelling in self._spellings.get(key, ()):
            if without_marks:
                if not spelling.is_lone_and_marked:
                    yield spelling, 1.0
                elif key[0] not in SOMETHING_ELSE:
                    yield spelling, UNMARKED
            elif spelling.is_lone_and_marked:
                if spelling.words[0] == written[0]:
                    yield spelling, 1.0
            elif all(said == meant or not has_marks(said) for said, meant in zip(written, spelling.words, strict=True)):
                yield spelling, 1.0
