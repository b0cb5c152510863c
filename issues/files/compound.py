"""What an OLE compound file is: the container of DOC, XLS and PPT, of encrypted Office documents, of macros.

None is ever accepted, so this only finds the sentence: the names of its streams are looked for as they are stored.
"""

import re
from typing import BinaryIO

from issues.files.findings import Finding
from issues.files.signatures import pieces

_OVERLAP = 128


def _stored(name: str) -> bytes:
    return name.encode("utf-16-le")


# The record of a sheet: its length, where it is, whether it is shown, 1 for an Excel 4.0 macro sheet (MS-XLS 2.4.28).
_MACRO_SHEET = re.compile(rb"\x85\x00[\x08-\x60]\x00.{4}[\x00-\x02]\x01", re.DOTALL)
_NAMES = (
    (_stored("EncryptedPackage"), Finding.ENCRYPTED),
    (_stored("_VBA_PROJECT"), Finding.MACROS),
    (_stored("VBA\0"), Finding.MACROS),
    (_stored("Macros\0"), Finding.MACROS),
)
_BOOKS = (_stored("Workbook\0"), _stored("Book\0"))


def finding_in(stream: BinaryIO) -> Finding:
    """Why this file is refused: what it is, or the worst that is in it."""
    found: set[Finding] = set()
    is_book = has_macro_sheet = False
    for piece in pieces(stream, _OVERLAP):
        found |= {finding for name, finding in _NAMES if name in piece}
        is_book = is_book or any(name in piece for name in _BOOKS)
        has_macro_sheet = has_macro_sheet or bool(_MACRO_SHEET.search(piece))
    if is_book and has_macro_sheet:
        found.add(Finding.EXCEL4_MACROS)
    order = (Finding.ENCRYPTED, Finding.MACROS, Finding.EXCEL4_MACROS)
    return next((finding for finding in order if finding in found), Finding.OLD_OFFICE)
