"""Texts: the whole file has to be one, so that nothing else stands behind its beginning.

In Unicode, or by evidence in one of the character sets of one byte that people here have in older files.
"""

import codecs
import re
from typing import BinaryIO

from core.charsets import charset_of_one_byte
from issues.files.signatures import pieces

_SAMPLE = 8192  # bytes; an even number
_MARKED = 32 * 1024  # bytes of words with marks that are looked at for the character set
_LONGEST_WORD = 256  # bytes
_EVIDENT = 0.9  # the share of characters that a text of ours has
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins with the mark of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Latin with its marks and Vietnamese, punctuation, currency signs; tabs and ends of lines.
_EXPECTED = re.compile("[\t\n\r\x20-\x7e\u00a0-\u024f\u0300-\u036f\u1e00-\u1eff\u2000-\u206f\u20a0-\u20cf\ufeff]")
# Controls that no text in a character set of one byte has: tabs, ends of lines and pages, escapes and the end of a
# file of DOS are none of them. VISCII has six capital letters among them (RFC 1456).
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x19\x1c-\x1f\x7f]")
_BINARY_IN_VISCII = re.compile(rb"[\x00\x01\x03\x04\x07\x08\x0e-\x13\x15-\x18\x1c\x1d\x1f\x7f]")
# A cell that asks another program for its value: =cmd|'/c …'!A1. Each part is bounded, so that it stays quick.
_DDE = re.compile(r"""(?:^|[,;\t"'\n])\s{0,4}[=+@-][=+@\-\s(]{0,4}'?[A-Za-z][\w.]{0,30}'?\|[^|\r\n]{0,200}![\w'"$]""")
_DDE_OVERLAP = 300
ONE_BYTE = "latin-1"


def encoding_of(stream: BinaryIO) -> str:
    """An encoding in which all ASCII of this text can be read; nothing for what is no text.

    `utf-8`, `utf-16`, `utf-32`, or, without a byte order mark, `utf-16-le` or `utf-16-be`; `ONE_BYTE` for all
    character sets of one byte, whose other letters it does not give.
    """
    stream.seek(0)
    head = stream.read(_SAMPLE)
    found = next((name for mark, name in _BOMS if head.startswith(mark)), "")
    if not found and b"\0" in head:
        found = max(("utf-16-le", "utf-16-be"), key=lambda name: _evidence(head, name))
        if _evidence(head, found) < _EVIDENT:
            return ""
    if _is_text(stream, found or "utf-8"):
        return found or "utf-8"
    return ONE_BYTE if not found and _is_of_one_byte(stream) else ""


def is_binary(stream: BinaryIO) -> bool:
    """Whether the file has bytes that no text has, whatever its character set."""
    return any(_BINARY.search(piece) for piece in pieces(stream))


def has_dde(stream: BinaryIO, encoding: str) -> bool:
    """Whether a table in this text has a cell that starts a program when a spreadsheet opens it."""
    decoder = codecs.getincrementaldecoder(encoding)()
    before = ""
    for piece in pieces(stream):
        text = before + decoder.decode(piece)
        if "|" in text and _DDE.search(text):
            return True
        before = text[-_DDE_OVERLAP:]
    return False


def _evidence(head: bytes, encoding: str) -> float:
    """The share of the characters that people here write, if these bytes were text in this encoding."""
    text = head[: len(head) & ~1].decode(encoding, "replace")
    return len(_EXPECTED.findall(text)) / len(text) if text else 0.0


def _is_text(stream: BinaryIO, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for piece in pieces(stream):
            if "\0" in decoder.decode(piece):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _is_of_one_byte(stream: BinaryIO) -> bool:
    marked: list[bytes] = []
    room = _MARKED
    for piece in pieces(stream):
        if _BINARY_IN_VISCII.search(piece):
            return False
        if room > 0:
            words = [word[:_LONGEST_WORD] for word in piece.split() if not word.isascii()]
            marked += words[:room]
            room -= sum(map(len, words))
    charset = charset_of_one_byte(b" ".join(marked)[:_MARKED])
    return bool(charset) and (charset == "viscii" or not is_binary(stream))
