"""The words of a text, folded for comparing and as written for showing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple, Self

from core.text import D_LOOKALIKES, fold, normal, words

READ_AT_MOST = 12_000  # characters; a proposal states its matter long before that, and time stays bounded

# As core.text.words(), and keeps a mark that has no composed letter with the letter it stands on.
_WORD = re.compile(r"\d+(?:[.,/]\d+)+|(?:[^\W_][\u0300-\u036f]*)+")


class Words(NamedTuple):
    """The words of a text: ``folded[i]`` is the folded spelling of ``written[i]``."""

    folded: list[str]
    written: list[str]

    def as_written(self, start: int, end: int) -> str:
        return " ".join(self.written[start:end])


_LONGEST_KEPT = 40  # characters: longer runs of letters are no words, and would fill the memory of a process


@lru_cache(maxsize=20_000)
def _kept_fold(word: str) -> str:
    return fold(word)


def _folded_word(word: str) -> str:
    return _kept_fold(word) if len(word) <= _LONGEST_KEPT else fold(word)


_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")  # grave, acute, tilde, hook above, dot below


def marked(word: str) -> str:
    """The word in lower case with its marks, the tone at its end: ``hoà`` and ``hòa`` are one word."""
    return _kept_marked(word) if len(word) <= _LONGEST_KEPT else _marked(word)


def _marked(word: str) -> str:
    letters = normal(word.casefold().translate(D_LOOKALIKES), "NFD")
    tone = "".join(c for c in letters if c in _TONES)
    return normal("".join(c for c in letters if c not in _TONES)) + tone


_kept_marked = lru_cache(maxsize=40_000)(_marked)


def has_marks(word: str) -> bool:
    """Whether a word as ``marked`` gives it has any Vietnamese mark, ``đ`` included."""
    return not word.isascii()


@lru_cache(maxsize=16)
def read(text: str) -> Words:
    """Split the first ``READ_AT_MOST`` characters of ``text`` into words.

    Deciding, voting and storing read the same text several times in a row; the words are shared: do not change
    them.
    """
    composed = normal(text[: 3 * READ_AT_MOST])[:READ_AT_MOST]  # decomposed text is up to 3 × longer
    written = _WORD.findall(composed)
    return Words([_folded_word(word) for word in written], written)


def phrase_key(phrase: str) -> tuple[str, ...]:
    """The folded words of a phrase: what makes two spellings of it the same."""
    return tuple(words(phrase))


# Common phrases of all proposals: they do not make two proposals alike.
BOILERPLATE = frozenset(
    phrase
    for line in (
        "de nghi|kien nghi|doanh nghiep|nghiep de|nghiep kien|cong ty|phan anh|hoi ve|xin huong|huong dan|doi voi",
        "nghi huong|nghi xem|xem xet|giai quyet|lien quan|quan den|co phai|hay khong|cho biet|som co|vuong mac",
        "kho khan|nghi som|to chuc|thuc hien|hien nay|theo quy|quy dinh|cua doanh|cac doanh|nghiep phan|nghiep hoi",
    )
    for phrase in line.split("|")
)


def features(folded: Sequence[str]) -> list[str]:
    """Folded words and pairs of neighbouring words; one-letter words and bare numbers are left out."""
    found = [word for word in folded if _tells(word)]
    found += [f"{first} {second}" for first, second in pairwise(folded) if _tells(first) and _tells(second)]
    return [feature for feature in found if feature not in BOILERPLATE]


def _tells(word: str) -> bool:
    return len(word) > 1 and not word[0].isdigit()


class Phrase(NamedTuple):
    """A phrase to look for: its words folded, and with their marks (see ``marked``)."""

    folded: tuple[str, ...]
    marked: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> Self:
        words = read(text)
        return cls(tuple(words.folded), tuple(marked(word) for word in words.written))


def find_phrase(words: Words, phrase: Phrase) -> int | None:
    """Index of the first place where ``phrase`` stands in a text, or ``None``.

    Words without marks, of the text or of the phrase, may be any word of that spelling; those with marks must agree:
    "báo" is not "bão".
    """
    if not phrase.folded:
        return None
    first, length = phrase.folded[0], len(phrase.folded)
    for index, word in enumerate(words.folded):
        if word == first and tuple(words.folded[index : index + length]) == phrase.folded:
            said = [marked(written) for written in words.written[index : index + length]]
            if _agree(said, phrase.marked):
                return index
    return None


def _agree(said: Sequence[str], meant: Sequence[str]) -> bool:
    pairs = zip(said, meant, strict=True)
    return all(one == other or not has_marks(one) or not has_marks(other) for one, other in pairs)


def surely_holds(said: Phrase, phrase: Phrase) -> bool:
    """Whether every text in which ``said`` is found has ``phrase``, too."""
    length = len(phrase.folded)
    return length > 0 and any(
        said.folded[index : index + length] == phrase.folded
        and all(
            one == other or not has_marks(other)
            for one, other in zip(said.marked[index : index + length], phrase.marked, strict=True)
        )
        for index in range(len(said.folded) - length + 1)
    )
