"""Words and phrases as editors write them, one on a line, and what is wrong with them. Pure: no rows."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.text import clean, words
from core.visible import has_visible
from search.words.tokens import composed, tokens

MOST_LINES = 30
MOST_CHARACTERS = 60  # of one line
MOST_WORDS = 8  # of one line
MOST_TYPED = 2_500  # characters of a whole field as it comes in

_MARKS = frozenset({"Mn", "Mc", "Me"})


def split(text: str) -> tuple[str, ...]:
    """The lines of `text` that hold something, each with single spaces: what `WordGroup` stores and hands out."""
    lines = (" ".join(line.split()) for line in clean(text).split("\n"))
    return tuple(line for line in lines if line)


def exact(line: str) -> tuple[str, ...]:
    """What makes two lines the same: their words in lower case, with marks. Hyphens and stops do not count."""
    return tuple(composed(line[token.start : token.end]) for token in tokens(line))


def problems(lines: Sequence[str]) -> Iterator[ValidationError]:
    """What is wrong with the lines of one field, in the order of the lines. The last words of a line are quoted."""
    if len(lines) > MOST_LINES:
        yield ValidationError(
            _("There are %(count)d lines. Write at most %(most)d, or make a second group."),
            params={"count": len(lines), "most": MOST_LINES},
        )
        return
    for line in lines:
        problem = _problem(line)
        if problem:
            yield ValidationError(problem, params={"line": line[:MOST_CHARACTERS], **_MOST})


_MOST = {"characters": MOST_CHARACTERS, "words": MOST_WORDS}


def _problem(line: str) -> str:
    if len(line) > MOST_CHARACTERS:
        return _("“%(line)s…” is longer than %(characters)d characters.")
    if any(map(_is_unseen, line)):
        return _("“%(line)s” has a character that cannot be seen. Type the line again.")
    found = words(line)
    if not found:
        return _("“%(line)s” has no letter and no digit.")
    if len(found) > MOST_WORDS:
        return _("“%(line)s” has more than %(words)d words.")
    return ""


def _is_unseen(character: str) -> bool:
    """Spaces and marks belong to the word that they stand in."""
    return not (character == " " or unicodedata.category(character) in _MARKS or has_visible(character))


def repeated(lines: Sequence[str]) -> list[str]:
    """The lines that stand there already, with the same marks: “KCN” after “kcn”."""
    seen: set[tuple[str, ...]] = set()
    found = []
    for line in lines:
        key = exact(line)
        if key in seen:
            found.append(line)
        seen.add(key)
    return found
