"""How nearly two words are spelled: for repairing what somebody mistyped."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz.distance import OSA

from search.words.syllables import alike

_SHORT = 5  # a word with fewer letters may differ in one
_FEWEST = 2  # letters of a word that somebody may have meant
_MOST = 4


def nearest(word: str, others: Iterable[str]) -> list[str]:
    """Of the words spelled nearly like `word` the nearest, at most four.

    Letters inserted, left out, replaced or swapped with their neighbour count one each (optimal string alignment);
    a letter that is pronounced alike counts half, one left out a little less, a wrong first letter half more.
    """
    most = 1 if len(word) < _SHORT else 2
    sounding = set(alike(word))
    found = []
    for other in set(others) - {word}:
        if not other.isalpha() or len(other) < _FEWEST or OSA.distance(word, other, score_cutoff=most) > most:
            continue
        found.append((0.5 if other in sounding else _steps(word, other), other))
    found.sort()
    return [other for steps, other in found if steps <= found[0][0] + 0.5][:_MOST]


def _steps(word: str, other: str) -> float:
    steps = float(OSA.distance(word, other))
    if word[:1] != other[:1]:
        steps += 0.5
    letters = iter(other)
    return steps - 0.25 if all(letter in letters for letter in word) else steps
