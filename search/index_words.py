"""The words a document is found by: its own, and the full forms of the abbreviations it writes."""

from __future__ import annotations

from search.abbreviations import full_forms, is_short_form
from search.tokens import Token, composed, tokens


def folded_words(text: str) -> str:
    """The folded words of `text`, separated by spaces; the full forms of its abbreviations follow.

    Of two letters only capitals count: "CP" is cổ phần, "cp" may be anything.
    """
    found = tokens(text)
    forms = dict.fromkeys(full for token in found if _is_abbreviation(token, text) for full in full_forms(token.word))
    return " ".join([*(token.word for token in found), *(" ".join(full) for full in forms)])


def _is_abbreviation(token: Token, text: str) -> bool:
    written = text[token.start : token.end]
    return is_short_form(token.word, composed(written)) and (len(token.word) > 2 or written[0].isupper())


def marked_words(text: str) -> str:
    """The words of `text` that carry marks, in lower case and composed, separated by spaces: ``đầu tư``."""
    written = ((token.word, composed(text[token.start : token.end])) for token in tokens(text))
    return " ".join(word for folded, word in written if word != folded)
