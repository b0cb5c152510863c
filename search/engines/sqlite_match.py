"""The question in FTS5's own language. Every word is quoted, so nothing that was typed is ever an operator."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from search.engines.sqlite_schema import FOLDED_COLUMNS, MARKED_COLUMN
from search.query_text import ParsedText, Term

_EVERYWHERE = FOLDED_COLUMNS
_BY_NAME = ("title", "names")


def match_all(query: ParsedText) -> str:
    """All terms, in any column. Words with their marks and words side by side score on top, changing no match."""
    expression = " AND ".join(_term(term, _EVERYWHERE) for term in query.terms)
    if len(query.words) > 1:
        expression = f"({expression}) OR {_in(_EVERYWHERE, _phrase(query.phrase))}"
    return expression


def match_beginning(query: ParsedText) -> str:
    """All terms in title or names, the last word being perhaps unfinished; side by side they score on top."""
    *whole, last = query.terms
    unfinished = [*(_phrase((word,)) for word in last.words[:-1]), f"{_phrase(last.words[-1:])} *"]
    ending = f"({_term(last, _BY_NAME)} OR {_in(_BY_NAME, '(' + ' AND '.join(unfinished) + ')')})"
    expression = " AND ".join([*(_term(term, _BY_NAME) for term in whole), ending])
    if len(query.words) > 1:
        expression = f"({expression}) OR {_in(_BY_NAME, _phrase(query.phrase))} *"
    return expression


def match_any(words: Iterable[str]) -> str:
    """Any of some folded words, for finding what is similar."""
    return _in(_BY_NAME, "(" + " OR ".join(_phrase((word,)) for word in words) + ")")


def _term(term: Term, columns: Sequence[str]) -> str:
    """A short form is looked for in full only: whatever writes the short one is indexed under the full one too, and
    would otherwise score twice. Of a full form the words count wherever they stand, since people mix them."""
    if term.is_short_form:
        return _in(columns, "(" + " OR ".join(_phrase(spelling) for spelling in term.spellings[1:]) + ")")
    typed = [_word(word, written, columns) for word, written in zip(term.words, term.written, strict=True)]
    return typed[0] if len(typed) == 1 else f"({' AND '.join(typed)})"


def _word(folded: str, written: str, columns: Sequence[str]) -> str:
    plain = _in(columns, _phrase((folded,)))
    return plain if written == folded else f"({plain} OR {_in((MARKED_COLUMN,), _phrase((written,)))})"


def _in(columns: Sequence[str], expression: str) -> str:
    return f"{{{' '.join(columns)}}} : {expression}"


def _phrase(words: Sequence[str]) -> str:
    return '"' + " ".join(words).replace('"', '""') + '"'
