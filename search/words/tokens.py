"""Words of a text and where they stand in it: matching is done on the folded word, showing on the original."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from core.text import D_LOOKALIKES, fold, normal

# The same notion of a word as `core.text.words`: a number keeps its inner separators.
_WORD = re.compile(r"\d+(?:[.,/]\d+)+|[^\W_]+")


def _one_to_one() -> re.Pattern[str]:
    """Texts in which every character folds to exactly one, so that folded and original offsets are the same."""
    ranges = [*range(0x20, 0x250), *range(0x1E00, 0x1F00), *range(0x2010, 0x2070), 0x09, 0x0A]
    kept = "".join(re.escape(chr(code)) for code in ranges if len(fold(chr(code))) == 1)
    return re.compile(f"[{kept}]*")


_ONE_TO_ONE = _one_to_one()


class Token(NamedTuple):
    """One word: `word` folded, `text[start:end]` as it was written, marks of a decomposed spelling included."""

    word: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The words of `text` in order, folded, with their offsets in `text` itself (composed or decomposed)."""
    return list(each_token(text))


def each_token(text: str) -> Iterator[Token]:
    """The same one at a time: a long text has very many."""
    if _ONE_TO_ONE.fullmatch(text):
        yield from (Token(m.group(), m.start(), m.end()) for m in _WORD.finditer(fold(text)))
        return
    folded, origin = _fold_with_origin(text)
    for match in _WORD.finditer(folded):
        end = origin[match.end() - 1] + 1
        while end < len(text) and not fold(text[end]):  # combining marks belong to the letter before them
            end += 1
        yield Token(match.group(), origin[match.start()], end)


def folded_words_of(text: str) -> list[str]:
    """The words of `tokens` without their places, which most texts of an index are not asked for."""
    return _WORD.findall(fold(text)) if _ONE_TO_ONE.fullmatch(text) else [token.word for token in each_token(text)]


def _fold_with_origin(text: str) -> tuple[str, list[int]]:
    parts: list[str] = []
    origin: list[int] = []
    for index, char in enumerate(text):
        folded = fold(char)
        parts.append(folded)
        origin.extend([index] * len(folded))
    return "".join(parts), origin


def composed(written: str) -> str:
    """A word as people write it, made comparable but with its marks: lower case, NFC, one letter Đ."""
    return normal(written).lower().translate(D_LOOKALIKES)
