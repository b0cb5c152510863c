"""Vietnamese text: one way to clean what people type and one way to compare it.

Everything here is total: any ``str`` is accepted, lone surrogates included.
"""

from __future__ import annotations

import re
import unicodedata


class _Folding(dict[int, str]):
    """Code point → its folded spelling, filled as characters are met: one dictionary look-up per character."""

    KEPT_BELOW = 0x3000  # the alphabets; caching every ideograph would only let a long text grow the table

    def __missing__(self, code: int) -> str:
        folded = _without_marks(_without_marks(chr(code)).casefold().replace("đ", "d"))
        if code < self.KEPT_BELOW:
            self[code] = folded
        return folded


def _without_marks(text: str) -> str:
    """Decompose and drop the combining marks (category Mn), which is what NFD splits off a Vietnamese vowel."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c) != "Mn")


_FOLDING = _Folding()

# A number keeps its inner separators ("5,5", "1/500", "12.000"); anything else is a run of letters and digits.
_WORD = re.compile(r"\d+(?:[.,/]\d+)+|[^\W_]+")

_NEWLINE = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")

# Controls except tab and newline, lone surrogates, invisible spaces that would split a word unseen, and the
# bidirectional overrides that make a line read differently from what it holds. The joiners of emoji stay.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+"
)


def fold(text: str) -> str:
    """Return ``text`` without case and without diacritics, for comparing: ``Đầu tư`` → ``dau tu``.

    Composed and decomposed spellings fold alike, and folding twice changes nothing.
    """
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFC", text).translate(_FOLDING)
    return folded if folded.isascii() else unicodedata.normalize("NFC", folded)


def words(text: str) -> list[str]:
    """Return the folded words of ``text`` in order: runs of letters and digits, numbers such as ``5,5`` whole."""
    return _WORD.findall(fold(text))


def clean(text: str) -> str:
    """Return ``text`` as it may be stored: NFC, ``\\n`` as the only line break, nothing invisible or unstorable.

    Removes NUL (PostgreSQL refuses it), other control characters except newline and tab, lone surrogates (they
    cannot be encoded) and bidirectional overrides. Spaces at the ends are kept: trimming is the form's business.
    """
    if not (text.isascii() and text.isprintable()):
        text = _UNWANTED.sub("", _NEWLINE.sub("\n", text))
    return unicodedata.normalize("NFC", text)
