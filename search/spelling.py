"""Did you mean: the nearest words that the index knows, if they find something."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice, product

from search.engines.base import Engine, SearchQuery
from search.query_text import parse
from search.tokens import composed, tokens

_TRIED_PER_WORD = 4
_TRIED = 8

# Telex typed without an input method: doubled letters, w for a horn or a breve, a tone letter after the vowel.
_TELEX_DOUBLE = re.compile(r"([aeod])\1")
_TELEX_HORN = re.compile(r"(?<=[aou])w")
_TELEX_TONE = re.compile(r"(?<=[aeiouy])[fsrxj]|(?<=[a-z])[fsrxj]$")


def did_you_mean(engine: Engine, query: SearchQuery) -> str:
    """The text of `query` with its unknown words corrected, or empty when that finds nothing either.

    For queries that found nothing. A corrected word is written as the best result writes it, with its marks.
    """
    typed = list(parse(query.text).words)
    options = [list(_options(engine, word)) for word in typed]
    if all(option == [word] for option, word in zip(options, typed, strict=True)) or not all(options):
        return ""
    for words in islice(product(*options), _TRIED):
        found = engine.search(replace(query, text=" ".join(words), offset=0, limit=1, with_facets=False)).hits
        if found:
            written = _spellings(f"{found[0].title}\n{found[0].summary}")
            changed = {old: written.get(new, new) for old, new in zip(typed, words, strict=True) if old != new}
            return _corrected(query.text, changed)
    return ""


def _options(engine: Engine, word: str) -> Iterator[str]:
    known = engine.known_words(word[:1])
    if word in known or not word.isalpha():
        yield word
        return
    plain = untelex(word)
    if plain != word and plain in (known if plain[:1] == word[:1] else engine.known_words(plain[:1])):
        yield plain
    limit = 1 if len(word) < 5 else 2
    near = (
        (distance(word, other, limit), -documents, other)
        for other, documents in known.items()
        if other.isalpha() and abs(len(other) - len(word)) <= limit
    )
    yield from (other for steps, _, other in sorted(near)[:_TRIED_PER_WORD] if steps <= limit)


def untelex(word: str) -> str:
    """A folded word typed in Telex without an input method, as it was meant: ``ddaauf`` → ``dau``."""
    return _TELEX_TONE.sub("", _TELEX_HORN.sub("", _TELEX_DOUBLE.sub(r"\1", word)))


def distance(one: str, other: str, limit: int) -> int:
    """How many letters are inserted, left out, replaced or swapped with their neighbour; at most `limit` + 1."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        previous, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, previous[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)


def _spellings(text: str) -> dict[str, str]:
    return {token.word: composed(text[token.start : token.end]) for token in reversed(tokens(text))}


def _corrected(text: str, changed: Mapping[str, str]) -> str:
    parts, position = [], 0
    for token in tokens(text):
        parts += [text[position : token.start], changed.get(token.word, text[token.start : token.end])]
        position = token.end
    return "".join([*parts, text[position:]]).strip()
