"""Texts: the whole file has to be one, in UTF-8 or UTF-16, so that nothing else stands behind its beginning."""

import codecs
import re
from typing import BinaryIO

from issues.files.signatures import pieces

_SAMPLE = 8192  # bytes; an even number
_EVIDENT = 0.9  # the share of characters that a text of ours has
# Latin with its marks and Vietnamese, punctuation, currency signs; tabs and ends of lines.
_EXPECTED = re.compile("[\t\n\r\x20-\x7e\u00a0-\u024f\u0300-\u036f\u1e00-\u1eff\u2000-\u206f\u20a0-\u20cf\ufeff]")
# A cell that asks another program for its value: =cmd|'/c …'!A1. Each part is bounded, so that it stays quick.
_DDE = re.compile(r"""(?:^|[,;\t"'\n])\s{0,4}[=+@-][=+@\-\s(]{0,4}'?[A-Za-z][\w.]{0,30}'?\|[^|\r\n]{0,200}![\w'"$]""")
_DDE_OVERLAP = 300


def encoding_of(stream: BinaryIO) -> str:
    """`utf-8`, `utf-16`, or, without a byte order mark, `utf-16-le` or `utf-16-be`; nothing for what is no text."""
    stream.seek(0)
    head = stream.read(_SAMPLE)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        found = "utf-16"
    elif b"\0" in head:
        found = max(("utf-16-le", "utf-16-be"), key=lambda name: _evidence(head, name))
        if _evidence(head, found) < _EVIDENT:
            return ""
    else:
        found = "utf-8"
    return found if _is_text(stream, found) else ""


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
