"""What resolved tickets teach: which of them are alike, and which words go with which category."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from issues.routing.tokens import features, read

TELLING = 32  # features of a text that are looked up, the rarest first: bounds the time of a long text
LONE_WORD = 8  # letters; no Vietnamese syllable is that long, so a lone word of this length is a foreign one
_NONE: dict[str, float] = {}
ALIKE = 0.08  # likeness below which two texts have only small words in common
PRIOR = 2.0  # how many examples' worth of doubt a word has before it counts


@dataclass(frozen=True, slots=True)
class Example:
    """A proposal whose category is known, because it was resolved under it."""

    id: str
    text: str
    category: str


class Examples:
    """Counts over labelled examples. Built in one pass, cheap enough to build again whenever one is added."""

    def __init__(self, examples: Iterable[Example]) -> None:
        self.rows = list(examples)
        self.per_category = Counter(row.category for row in self.rows)
        documents = [Counter(features(read(row.text).folded)) for row in self.rows]
        self._seen: defaultdict[str, Counter[str]] = defaultdict(Counter)
        df: Counter[str] = Counter()
        for row, document in zip(self.rows, documents, strict=True):
            df.update(document.keys())
            for feature in document:
                self._seen[feature][row.category] += 1
        self._idf = {feature: math.log((1 + len(self.rows)) / (1 + count)) + 0.3 for feature, count in df.items()}
        self._lifts: dict[str, dict[str, float]] = {}  # worked out when they are asked for
        self._postings: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for index, document in enumerate(documents):
            weights = {feature: (1 + math.log(n)) * self._idf[feature] for feature, n in document.items()}
            length = math.sqrt(sum(w * w for w in weights.values())) or 1.0
            for feature, weight in weights.items():
                self._postings[feature].append((index, weight / length))

    def nearest(self, counts: Mapping[str, int], k: int) -> list[tuple[Example, float]]:
        """The ``k`` examples most like a text (cosine over tf-idf, 0..1), the most alike first.

        ``counts``: how often each feature stands in it.
        """
        weights = {f: (1 + math.log(n)) * self._idf[f] for f, n in counts.items() if f in self._idf}
        # Words that no example holds count towards the length too, so that a foreign text is like none of them.
        alien = (len(counts) - len(weights)) * (math.log(1 + len(self.rows)) + 0.3) ** 2
        length = math.sqrt(sum(w * w for w in weights.values()) + 0.25 * alien) or 1.0
        alike: defaultdict[int, float] = defaultdict(float)
        for feature in sorted(weights, key=lambda f: (-weights[f], f))[:TELLING]:
            share = weights[feature] / length
            for index, weight in self._postings[feature]:
                alike[index] += weight * share
        enough = [(index, score) for index, score in alike.items() if score >= ALIKE]
        best = sorted(enough, key=lambda item: (-item[1], self.rows[item[0]].id))[:k]
        return [(self.rows[index], score) for index, score in best]

    def lifts(self, feature: str) -> Mapping[str, float]:
        """Per category: log of how much more often its examples hold ``feature`` than all examples do.

        Shrunk towards nothing while few examples hold it; a word seen once counts for nothing, nor does a lone
        Vietnamese syllable, which means too many things.
        """
        known = self._lifts.get(feature)
        if known is None and feature in self._seen:
            known = self._lifts[feature] = self._work_out_lifts(feature)
        return known or _NONE

    def _work_out_lifts(self, feature: str) -> dict[str, float]:
        seen = self._seen[feature]
        if " " not in feature and len(feature) < LONE_WORD:
            return {}
        total = sum(seen.values())
        if total < 2:
            return {}
        overall = total / len(self.rows)
        lifts = {}
        for category, count in seen.items():
            inside = (count + PRIOR * overall) / (self.per_category[category] + PRIOR)
            lift = math.log(inside / overall) * (count - 1) / (count + PRIOR)
            if lift > 0:
                lifts[category] = lift
        return lifts
