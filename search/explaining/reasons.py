"""Why one document is found, and stands where it stands: from its texts and the values of `search.ranking`. Pure.

How rare a word is among all documents only an engine knows. It multiplies what the words count, and so do further
occurrences, less and less; the rest of a score is here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from search import ranking
from search.engines.base import Document
from search.explaining.understood import Sought, Way
from search.highlight import snippet
from search.query.parsed import Alternative, Keys, ParsedText, Part
from search.words.keys import keys_of, marked_key, marked_words
from search.words.tokens import tokens

_PIECE = 100  # characters of text around a match


class Bonus(StrEnum):
    """What raises the rank beside the words themselves."""

    TITLE = "title"  # the title is exactly what was typed
    BEGINS = "begins"  # the title begins with it
    PHRASE = "phrase"  # all words side by side
    PAIR = "pair"  # two neighbours side by side
    MARKS = "marks"  # words written with the marks that were typed


@dataclass(frozen=True)
class Match:
    """A part stands in one text of the document. `piece` is safe HTML with <mark>; `weight`: how much that counts."""

    field: str
    weight: float
    way: Way
    piece: str


@dataclass(frozen=True)
class PartMatch:
    """One part of the query, and where the document has it; nowhere, where it is missing."""

    sought: Sought
    matches: tuple[Match, ...]


@dataclass(frozen=True)
class Extra:
    """A bonus, for which words and in which text; `points` before the rareness of the words."""

    bonus: Bonus
    words: str
    points: float
    field: str = ""


@dataclass(frozen=True)
class Reason:
    """Why a document is found. `complete` from 0 to 1; `factor` is what the score is multiplied with for that and for
    being `aged`, past its confirmation. Of equal scores the city's `own` documents come first."""

    parts: tuple[PartMatch, ...]
    extras: tuple[Extra, ...]
    complete: float
    aged: bool
    factor: float
    own: bool


def reason(document: Document, words: ParsedText, sought: Sequence[Sought], today: date) -> Reason:
    """Why `document` answers `words`; `sought` are the same parts for people, in the same order."""
    texts = {name: _Text(getattr(document, name)) for name in ranking.FIELDS}
    aged = document.fresh_until is not None and document.fresh_until < today
    return Reason(
        parts=tuple(
            PartMatch(one, tuple(_matches(texts, part, one.ways)))
            for part, one in zip(words.parts, sought, strict=True)
        ),
        extras=tuple(_extras(texts, words)),
        complete=document.weight,
        aged=aged,
        factor=ranking.factor(document.weight, aged=aged),
        own=document.own,
    )


class _Text:
    """A text and its keys, for looking runs of keys up."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.keys = " ".join(keys_of(text))
        self._padded = f" {self.keys} "

    def has(self, run: Keys) -> bool:
        return f" {' '.join(run)} " in self._padded


def _matches(texts: dict[str, _Text], part: Part, ways: Sequence[Way]) -> Iterator[Match]:
    """In each text the first of the ways that stands there."""
    everywhere = [
        other
        for other in part.alternatives
        if other.together or all(any(text.has((word,)) for text in texts.values()) for word in other.words)
    ]
    for name, text in texts.items():
        other = next((other for other in everywhere if _stands(other, text)), None)
        if other is not None:
            piece = snippet(text.text, ParsedText((Part((other,)),)), length=_PIECE)
            way = ways[part.alternatives.index(other)]
            yield Match(name, ranking.FIELDS[name], way, " ".join(piece.split()))


def _stands(other: Alternative, text: _Text) -> bool:
    return text.has(other.words) if other.together else any(text.has((word,)) for word in other.words)


def _extras(texts: dict[str, _Text], words: ParsedText) -> Iterator[Extra]:
    said = " ".join(_said(part) for part in words.parts)
    title = texts["title"].keys
    if words.title and title == words.title:
        yield Extra(Bonus.TITLE, texts["title"].text, ranking.TITLE, "title")
    elif any(f"{title} ".startswith(f"{begun} ") for begun in words.beginnings):
        yield Extra(Bonus.BEGINS, said, ranking.BEGINS, "title")
    if len(words.parts) > 1 and len(words.phrase) > 2:
        yield from _side_by_side(texts, words.phrase, said, Bonus.PHRASE, ranking.PHRASE)
    # Inside one part words stand side by side anyway.
    for one, other in pairwise(words.parts):
        pair = (one.words[-1], other.words[0])
        shown = f"{_said(one).split()[-1]} {_said(other).split()[0]}"
        yield from _side_by_side(texts, pair, shown, Bonus.PAIR, ranking.PAIR)
    marked = set(marked_words("\n".join(text.text for text in texts.values())).split())
    written = list(dict.fromkeys(word for part in words.parts for word in _with_marks(part, marked)))
    if written:
        yield Extra(Bonus.MARKS, ", ".join(written), ranking.MARKED * len(written))


def _side_by_side(texts: dict[str, _Text], run: Keys, shown: str, bonus: Bonus, points: float) -> Iterable[Extra]:
    """In the text that counts most of those that have the words so."""
    name = max((name for name, text in texts.items() if text.has(run)), key=ranking.FIELDS.__getitem__, default="")
    return [Extra(bonus, shown, points * ranking.FIELDS[name], name)] if name else []


def _said(part: Part) -> str:
    return part.meant or part.typed or " ".join(part.words)


def _with_marks(part: Part, marked: set[str]) -> Iterator[str]:
    """The words of a part that were typed with marks and stand so in the document."""
    for token in tokens(part.typed):
        written = part.typed[token.start : token.end]
        if marked_key(written) in part.marked and marked_key(written) in marked:
            yield written
