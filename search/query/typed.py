"""The words of a query as they were typed."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest

from core.text import beginning
from search.query.parsed import Keys
from search.words.keys import keys, marked_key
from search.words.tokens import composed, tokens

MAX_CHARACTERS = 400
MAX_WORDS = 24
_GLUE = frozenset("-–_./")


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
