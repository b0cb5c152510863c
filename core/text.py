"""Vietnamese text: one way to clean what people type and one way to compare it.

Everything here is total: any ``str`` is accepted, lone surrogates included.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

MOST_MARKS = 8  # on one letter; Vietnamese needs two, no script needs more than five
RAW_MOST = 100_000  # characters: no text that anybody types is longer, whatever its field allows

# Where a run of more than MOST_MARKS marks could be (some characters are two marks): letters of the Latin alphabets,
# dashes and quotes end it.
_SUSPECT = re.compile(f"[^\x00-\u02ff\u1e00-\u1eff\u2010-\u2027]{{{MOST_MARKS // 2 + 1},}}")

# What Vietnamese typed in decomposed letters adds to its length: at most two marks a letter. And the line breaks of
# forms, which are two characters.
_ADDED = re.compile("(?<![\u0300-\u036f])[\u0300-\u036f]{1,2}|\r(?=\n)")
_ADDED_MOST = 3  # times as long

_CACHED_BELOW = 0x3000  # the alphabets; caching every ideograph would only let a long text grow the tables


class _MarkWeights(dict[str, int]):
    """Character → the marks that it adds to its letter; 0 for a joiner; negative for a letter, which begins a count."""

    def __missing__(self, char: str) -> int:
        composed = len(unicodedata.normalize("NFC", char))
        category = unicodedata.category(char)
        if category in ("Mn", "Me") or unicodedata.combining(unicodedata.normalize("NFKD", char)[0]):
            weight = composed
        else:
            weight = 0 if category == "Cf" else -composed
        if ord(char) < _CACHED_BELOW:
            self[char] = weight
        return weight


_MARK_WEIGHTS = _MarkWeights()


def stream_safe(text: str) -> str:
    """Return ``text`` with at most ``MOST_MARKS`` combining marks on one letter; further ones are dropped.

    Normalising sorts the marks of a letter, in time that grows with the square of their number. UAX #15 section 13
    (Stream-Safe Text Process) breaks such runs at 30; no language has them, so here they end. Linear time.
    """
    return text if text.isascii() else _SUSPECT.sub(_without_excess, text)


def _without_excess(match: re.Match[str]) -> str:
    kept, marks = [], 0
    for char in match[0]:
        weight = _MARK_WEIGHTS[char]
        marks = marks + weight if weight >= 0 else -weight - 1
        if weight <= 0 or marks <= MOST_MARKS:
            kept.append(char)
    return "".join(kept)


def normal(text: str, form: Literal["NFC", "NFD", "NFKC", "NFKD"] = "NFC") -> str:
    """Return ``text`` in a normal form, in linear time: the one place where text is normalised. See `stream_safe`."""
    return text if text.isascii() else unicodedata.normalize(form, stream_safe(text))


def is_longer(text: str, most: int) -> bool:
    """Whether a text as it came in has more than ``most`` characters, without normalising it first.

    Counted as people count: a letter with its marks typed one by one (at most two) is one character, a line break of
    a form (CR LF) is one, and space at the ends is none. Linear time.
    """
    if len(text) <= most:
        return False
    text = text.strip()
    if len(text) > _ADDED_MOST * most:
        return True
    return len(text) - sum(map(len, _ADDED.findall(text))) > most


def beginning(text: str, most: int) -> str:
    """Return at most the first ``most`` characters of ``text``, clean: of a longer one only the beginning is read."""
    return clean(text[: _ADDED_MOST * most])[:most]


class _Folding(dict[int, str]):
    """Code point → its folded spelling, filled as characters are met: one dictionary look-up per character."""

    def __missing__(self, code: int) -> str:
        folded = _without_marks(_without_marks(chr(code)).casefold().translate(_STROKES))
        if code < _CACHED_BELOW:
            self[code] = folded
        return folded


def _without_marks(text: str) -> str:
    """Decompose and drop the combining marks (category Mn), which is what NFD splits off a Vietnamese vowel."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c) != "Mn")


_FOLDING = _Folding()

# Letters that look like Đ and đ in their capital or small form, and come out of other keyboards and old documents:
# Icelandic eth (U+00D0, U+00F0) and African D (U+0189, U+0256).
D_LOOKALIKES = str.maketrans({"\u00d0": "Đ", "\u00f0": "đ", "\u0189": "Đ", "\u0256": "đ"})
_STROKES = str.maketrans(dict.fromkeys("đ\u00f0\u0256", "d"))

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

    Composed and decomposed spellings fold alike, and so do ``Đ`` and the letters that look like it (``Ð``, ``Ɖ``).
    Folding twice changes nothing.
    """
    if text.isascii():
        return text.lower()
    return normal(normal(text).translate(_FOLDING))


def words(text: str) -> list[str]:
    """Return the folded words of ``text`` in order: runs of letters and digits, numbers such as ``5,5`` whole."""
    return _WORD.findall(fold(text))


def clean(text: str) -> str:
    """Return ``text`` as it may be stored: NFC, ``\\n`` as the only line break, nothing invisible or unstorable.

    Removes NUL (PostgreSQL refuses it), other control characters except newline and tab, lone surrogates (they
    cannot be encoded), bidirectional overrides and marks beyond `MOST_MARKS` on one letter. Spaces at the ends are
    kept: trimming is the form's business. So is the length, before this: see `is_longer`.
    """
    if not (text.isascii() and text.isprintable()):
        text = _UNWANTED.sub("", _NEWLINE.sub("\n", text))
    return normal(text)
