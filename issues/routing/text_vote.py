"""The vote of the text: which category a proposal belongs to, and because of which words.

Three scores are added up per category and scaled to shares that sum to 1: the weighted term lists, the words
that resolved tickets of the category have in common, and the resolved tickets that read most alike. Every score is
a sum over words or tickets, so it can be explained word by word.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from issues.routing.examples import Example, Examples
from issues.routing.facts import CATEGORIES
from issues.routing.terms import Term, TermIndex
from issues.routing.tokens import Words, features, read

VERSION = "1"
NEIGHBOURS = 5


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each score counts; chosen by cross-validation (``python -m bench.routing``)."""

    terms: float = 1.0
    learnt: float = 0.5
    similar: float = 6.0
    title: float = 1.5  # a term in the first line counts so much more
    temperature: float = 2.1
    no_evidence: float = 0.5  # head start of "other", which leads where no word counts for anything


@dataclass(frozen=True, slots=True)
class CategoryScore:
    """A category's share of the vote (all shares sum to 1) and what it is made of, the weightiest first."""

    code: str
    score: float
    contributions: tuple[tuple[str, float], ...] = ()
    similar: tuple[tuple[str, float], ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "score": self.score,
            "contributions": [list(pair) for pair in self.contributions],
            "similar": [list(pair) for pair in self.similar],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        return cls(
            data["code"],
            data["score"],
            tuple((word, weight) for word, weight in data["contributions"]),
            tuple((ticket, score) for ticket, score in data["similar"]),
        )


class Model:
    """A trained vote. Immutable in use; train a new one when a term or a resolved ticket is added."""

    def __init__(self, *, examples: Examples, terms: TermIndex, version: str, weights: Weights) -> None:
        self.version = version
        self.weights = weights
        self._examples = examples
        self._terms = terms

    @classmethod
    def train(cls, examples: Iterable[Example], terms: Iterable[Term], weights: Weights | None = None) -> Self:
        """Count the words of the examples and index the terms. 1,000 examples take well under a second."""
        rows, term_rows = sorted(examples, key=lambda e: e.id), list(terms)
        weights = weights or Weights()
        return cls(
            examples=Examples(rows),
            terms=TermIndex(term_rows),
            version=_fingerprint(rows, term_rows, weights),
            weights=weights,
        )

    def score(self, text: str) -> list[CategoryScore]:
        """Score every category for ``text`` (first line: the title), the likeliest first; ties as in CATEGORIES."""
        first_line, _, rest = text.partition("\n")
        title, body = read(first_line), read(rest)
        words = Words(title.folded + body.folded, title.written + body.written)
        votes = _Votes(self.weights.no_evidence)
        for part, factor in ((title, self.weights.title), (body, 1.0)):
            for found in self._terms.find(part):
                for category, weight in found.weights.items():
                    votes.add_word(category, found.written, weight * factor * self.weights.terms)
        said = Counter(features(words.folded))
        self._add_learnt(votes, said, words)
        for example, alike in self._examples.nearest(said, NEIGHBOURS):
            votes.add_similar(example, alike, alike * self.weights.similar)
        return votes.shares(self.weights.temperature)

    def _add_learnt(self, votes: _Votes, said: Iterable[str], words: Words) -> None:
        written = dict(zip(reversed(words.folded), reversed(words.written), strict=True))
        for feature in said:
            for category, lift in self._examples.lifts(feature).items():
                shown = " ".join(written[word] for word in feature.split(" "))
                votes.add_word(category, shown, lift * self.weights.learnt)


class _Votes:
    """The votes so far, per category."""

    def __init__(self, no_evidence: float) -> None:
        self._totals: dict[str, float] = dict.fromkeys(CATEGORIES, 0.0) | {"other": no_evidence}
        self._words: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
        self._similar: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)

    def add_word(self, category: str, written: str, weight: float) -> None:
        self._totals[category] = self._totals.get(category, 0.0) + weight
        self._words[category][written] += weight

    def add_similar(self, example: Example, alike: float, weight: float) -> None:
        self._totals[example.category] = self._totals.get(example.category, 0.0) + weight
        self._similar[example.category].append((example.id, round(alike, 4)))

    def shares(self, temperature: float) -> list[CategoryScore]:
        highest = max(self._totals.values())
        powers = {c: math.exp((total - highest) / temperature) for c, total in self._totals.items()}
        whole = sum(powers.values())
        scores = [
            CategoryScore(
                code=category,
                score=round(power / whole, 6),
                contributions=tuple(
                    sorted(((w, round(x, 3)) for w, x in self._words[category].items()), key=lambda p: (-p[1], p[0]))
                ),
                similar=tuple(self._similar[category]),
            )
            for category, power in powers.items()
        ]
        # Sorted by the exact share: rounding must not decide between two close categories.
        return sorted(scores, key=lambda s: -powers[s.code])


def _fingerprint(examples: list[Example], terms: list[Term], weights: Weights) -> str:
    digest = hashlib.sha256(f"{VERSION}|{weights}".encode())
    for term in sorted(terms, key=lambda t: (t.category, t.phrase)):
        digest.update(f"{term.category}|{term.phrase}|{term.weight:g}\n".encode("utf-8", "replace"))
    for example in examples:
        digest.update(f"{example.id}|{example.category}|{example.text}\n".encode("utf-8", "replace"))
    return f"{VERSION}-{digest.hexdigest()[:12]}"
