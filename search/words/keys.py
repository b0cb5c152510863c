"""The keys of a word: what it is found by, whatever its spelling. The same for documents and for queries.

Folding takes case and marks away (`core.text.fold`); a key also writes i for y in a Vietnamese syllable, takes the
endings of English words away, and divides letters from digits: "QL1A", "ql 1a" and "QL 1 A" have the same keys.
"""

from __future__ import annotations

import re
from functools import lru_cache

import Stemmer

from core.text import normal
from search.words.syllables import is_syllable, with_one_i
from search.words.tokens import composed, each_token, folded_words_of

_RUN = re.compile(r"[0-9]+|[^\W\d_]+|\d+")
_SEPARATED = re.compile(r"[.,/]")
_STEMMER = Stemmer.Stemmer("english", 0)

# British endings to American ones, before the ending of the word is taken away. Longest first; only ever applied to
# words that are no Vietnamese syllable, in documents and queries alike.
_AMERICAN = tuple(
    (re.compile(british), american)
    for british, american in (
        (r"isation(s?)$", r"ization\1"),
        (r"is(e[sd]?|ing|er|ers)$", r"iz\1"),
        (r"(?<=[a-z]{3})our(s?|ed|ing|hood|able)$", r"or\1"),
        (r"(?<=[tbgdh])re(s?)$", r"er\1"),
        (r"ogue(s?)$", r"og\1"),
        (r"ramme(s?)$", r"ram\1"),
        (r"(def|off|lic|pret)ence(s?)$", r"\1ense\2"),
        (r"ll(ed|ing|er|ers)$", r"l\1"),
        (r"storey(s?)$", r"story\1"),
    )
)
_TONES = {"\u0300": "2", "\u0301": "1", "\u0303": "4", "\u0309": "3", "\u0323": "5"}


@lru_cache(maxsize=100_000)
def keys(word: str) -> tuple[str, ...]:
    """The keys of one folded word, in order: ``industries`` → ``industri``; ``ql1a`` → ``ql``, ``1``, ``a``."""
    if _SEPARATED.search(word):
        return tuple(_RUN.findall(word))
    return tuple(_key(run) for run in _RUN.findall(word)) or (word,)


def _key(run: str) -> str:
    if run.isdigit():
        return run.lstrip("0") or "0"
    if is_syllable(run):
        return with_one_i(run)
    if len(run) < 4:
        return run
    for british, american in _AMERICAN:
        run = british.sub(american, run)
    return _STEMMER.stemWord(run)


def keys_of(text: str) -> tuple[str, ...]:
    """All keys of a text in order."""
    return tuple(key for word in folded_words_of(text) for key in keys(word))


def folded_words(text: str) -> str:
    """The keys of a text, separated by spaces, as an index keeps them."""
    return " ".join(keys_of(text))


@lru_cache(maxsize=100_000)
def marked_key(written: str) -> str:
    """A written word with its marks, whichever vowel carries the tone: ``hoà`` and ``hòa`` → ``hoa2``."""
    word = composed(written)
    if word.isascii():
        return word
    tone = ""
    kept = []
    for char in normal(word, "NFD"):
        if char in _TONES:
            tone = _TONES[char]
        else:
            kept.append(char)
    return normal("".join(kept)) + tone


def marked_words(text: str) -> str:
    """The words of a text that carry marks, separated by spaces, as an index keeps them: ``đâu2 tư``."""
    pairs = ((token.word, marked_key(text[token.start : token.end])) for token in each_token(text))
    return " ".join(marked for folded, marked in pairs if marked != folded)
