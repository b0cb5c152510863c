"""How alike two texts are, by the words and word pairs that they share."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

from issues.routing.tokens import features, read


def likeness(text: str, others: Iterable[str]) -> list[float]:
    """The cosine of ``text`` with each of ``others`` (0..1); common words of proposals count for nothing."""
    wanted = Counter(features(read(text).folded))
    return [_cosine(wanted, Counter(features(read(other).folded))) for other in others]


def _cosine(one: Counter[str], other: Counter[str]) -> float:
    if not one or not other:
        return 0.0
    shared = sum(count * other[feature] for feature, count in one.items())
    return shared / math.sqrt(sum(n * n for n in one.values()) * sum(n * n for n in other.values()))
