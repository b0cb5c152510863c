"""How a list is ranked: values that every engine uses, so that both answer alike. docs/search.md explains them.

The words decide; how complete, current and fresh a document is only divides those that match about equally well.
"""

from __future__ import annotations

# How much a match in a field counts.
FIELDS = {"title": 8.0, "names": 4.0, "summary": 3.0, "body": 1.0}
MARKED = 3.0  # a word written with the marks that were typed, anywhere, on top
# While a name is being typed, the title is what people look for.
NAMING = {"title": 10.0, "names": 1.0}

PAIR = 1.0  # two neighbouring words side by side, times the field
PHRASE = 1.0  # all words side by side, times the field
BEGINS = 8.0  # the title begins with what was typed: it is that thing, not one beside it
TITLE = 1_000.0  # the title is exactly what was typed: first, whatever else matches

# What remains of a score for the least complete document, and for one past its confirmation.
INCOMPLETE = 0.85
AGED = 0.9


def factor(weight: float, *, aged: bool) -> float:
    """What a score is multiplied with: `weight` from 0 to 1 is how complete and current a document is."""
    return (INCOMPLETE + (1 - INCOMPLETE) * weight) * (AGED if aged else 1.0)
