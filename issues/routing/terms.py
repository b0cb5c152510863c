"""Weighted terms of a category: which phrases speak for it, and how loudly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from issues.routing.tokens import Words, phrase_key

# A phrase said again adds less each time: 1, then a half, then nothing more.
REPEATS = (1.0, 0.5)


@dataclass(frozen=True, slots=True)
class Term:
    """One row of the term lists. Weight 0 keeps the shorter terms inside the phrase from being heard."""

    category: str
    phrase: str
    weight: float


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase of the lists found in a text, in the spelling of the text."""

    written: str
    weights: Mapping[str, float]


class TermIndex:
    """Finds all listed phrases of a text in one pass; where phrases overlap, the longest from the left is heard."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._weights: dict[tuple[str, ...], dict[str, float]] = {}
        lengths: dict[str, set[int]] = {}
        for term in terms:
            key = phrase_key(term.phrase)
            if not key:
                continue
            of_phrase = self._weights.setdefault(key, {})
            of_phrase[term.category] = max(term.weight, of_phrase.get(term.category, 0.0))
            lengths.setdefault(key[0], set()).add(len(key))
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}

    def find(self, words: Words) -> list[Found]:
        """The phrases heard, in the order of the text; a repeated phrase counts as ``REPEATS`` says."""
        found, heard, index = [], dict[tuple[str, ...], int](), 0
        while index < len(words.folded):
            key = self._longest_at(words.folded, index)
            if key is None:
                index += 1
                continue
            times = heard.get(key, 0)
            if times < len(REPEATS):
                weights = {c: w * REPEATS[times] for c, w in self._weights[key].items() if w}
                if weights:
                    found.append(Found(words.as_written(index, index + len(key)), weights))
            heard[key] = times + 1
            index += len(key)
        return found

    def _longest_at(self, folded: list[str], index: int) -> tuple[str, ...] | None:
        for length in self._lengths.get(folded[index], ()):
            key = tuple(folded[index : index + length])
            if key in self._weights:
                return key
        return None
