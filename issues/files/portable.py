"""PDF: where its header may stand, and whether it is encrypted."""

import re
from typing import BinaryIO

from issues.files.signatures import pieces

# The trailer, or the dictionary of a cross-reference stream, names the encryption dictionary (ISO 32000-1, 7.5.5).
# Neither is ever compressed; what stands between `stream` and `endstream` is content and may speak of anything.
# A name may be spelt by numbers of characters (7.3.5).
_NAME = b"".join(rb"(?:%c|#%02x|#%02X)" % (c, c, c) for c in b"Encrypt")
_MARKS = re.compile(rb"/" + _NAME + rb"\s{0,8}(?:\d{1,10}\s{1,8}\d{1,5}\s{1,8}R|<<)|endstream|stream\r?\n")
_OVERLAP = 96
_OBJECT = re.compile(rb"\d{1,10} \d{1,5} obj\b")
_HEADER = re.compile(rb"%PDF-\d\.\d")
_EDGE = 64 * 1024


def is_encrypted(stream: BinaryIO) -> bool:
    """Whether the file needs a key, be it an empty one: nobody could look into it."""
    inside = False
    for piece in pieces(stream, _OVERLAP):
        for mark in _MARKS.finditer(piece):
            if not mark[0].startswith(b"/"):
                inside = not mark[0].startswith(b"end")
            elif not inside:
                return True
    return False


def is_behind_something(stream: BinaryIO) -> bool:
    """Whether the header of a PDF stands within the first 64 kB; asked where it is not where readers look for it."""
    stream.seek(0)
    return bool(_HEADER.search(stream.read(_EDGE)))


def has_remains(stream: BinaryIO, size: int) -> bool:
    """Whether a file without its header has what only a PDF has: readers repair such files.

    A header further on is no damage: something else stands before it, and readers do not find it.
    """
    stream.seek(0)
    edges = stream.read(_EDGE)
    if _HEADER.search(edges):
        return False
    stream.seek(max(0, size - _EDGE))
    edges += stream.read(_EDGE)
    return bool(_OBJECT.search(edges)) and any(word in edges for word in (b"endobj", b"startxref", b"%%EOF"))
