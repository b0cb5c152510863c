"""Parses a query: a short list of terms that must all be found, each with its spellings.

Both engines are given this and nothing else, so that they look for the same words and no typed character ever
reaches an engine's own query language.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.text import beginning
from search.abbreviations import Words, full_forms, is_short_form, longest_full_form, short_forms
from search.tokens import Token, composed, tokens

MAX_CHARACTERS = 400
MAX_WORDS = 24

# Words that say nothing about what is sought. They are compared with their marks: "cho" is not "chợ", a market. English
# words that are Vietnamese ones without marks are kept: "an" is in Hội An, "the" in thể thao.
STOP_WORDS = frozenset(
    "ở tại và của các những là được trong với theo of and for with by".split()  # noqa: SIM905
)


@dataclass(frozen=True)
class Term:
    """One thing sought. Any of `spellings` (each a run of folded words) satisfies it.

    `written` holds the words as typed, in lower case, with their marks if any: matches that have them rank higher.
    """

    spellings: tuple[Words, ...]
    written: Words

    @property
    def is_short_form(self) -> bool:
        """An abbreviation was typed; the spellings after the first are what it stands for."""
        return len(self.words) == 1 and len(self.spellings) > 1

    @property
    def words(self) -> Words:
        """The folded words as typed."""
        return self.spellings[0]


@dataclass(frozen=True)
class ParsedText:
    """The terms of a query in the order typed. Nothing to look for: no terms."""

    terms: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.terms)

    @property
    def words(self) -> Words:
        """All folded words in the order typed."""
        return tuple(word for term in self.terms for word in term.words)

    @property
    def phrase(self) -> Words:
        """The same with short forms in full, as a text would put them side by side."""
        return tuple(word for t in self.terms for word in (t.spellings[1] if t.is_short_form else t.words))


def parse(text: str, *, unfinished: bool = False) -> ParsedText:
    """Understand `text`; total: any string is accepted, and of a very long one only the beginning counts.

    While it is `unfinished` every word counts: the last may be the beginning of any other.
    """
    text = beginning(text, MAX_CHARACTERS)
    pairs = [(token, composed(text[token.start : token.end])) for token in tokens(text)[:MAX_WORDS]]
    terms: list[Term] = []
    position = 0
    while position < len(pairs):
        term, length = _term_at(pairs, position)
        if term not in terms:
            terms.append(term)
        position += length
    if unfinished:
        return ParsedText(tuple(terms))
    telling = [term for term in terms if len(term.written) > 1 or term.written[0] not in STOP_WORDS]
    return ParsedText(tuple(telling or terms))


def _term_at(pairs: Sequence[tuple[Token, str]], position: int) -> tuple[Term, int]:
    """The term that begins at `position`, and how many words it takes: a known full form is one term."""
    for length in range(min(longest_full_form(), len(pairs) - position), 1, -1):
        run = pairs[position : position + length]
        full = tuple(token.word for token, _ in run)
        shorts = short_forms(full)
        if shorts:
            return Term((full, *((short,) for short in shorts)), _written(run)), length
    token, written = pairs[position]
    forms = full_forms(token.word) if is_short_form(token.word, written) else ()
    return Term(((token.word,), *forms), _written(pairs[position : position + 1])), 1


def _written(run: Sequence[tuple[Token, str]]) -> Words:
    return tuple(written for _, written in run)
