"""Compound files: the sentence says what was found in them."""

import pytest

from issues.files.findings import Finding
from tests.issues.files.made import MACRO_SHEET, compound, finding

A_SHEET = MACRO_SHEET.replace(b"\x00\x01\x06", b"\x00\x00\x06")


@pytest.mark.parametrize("name", ["a.doc", "a.docx", "a.xls", "a.pdf", "a.txt", "a.jpg", "a"])
@pytest.mark.parametrize(
    ("data", "found"),
    [
        (compound("EncryptedPackage", "EncryptionInfo"), Finding.ENCRYPTED),
        (compound("WordDocument", "Macros", "VBA", "_VBA_PROJECT"), Finding.MACROS),
        (compound("Workbook", content=MACRO_SHEET), Finding.EXCEL4_MACROS),
        (compound("Book", content=MACRO_SHEET), Finding.EXCEL4_MACROS),
        (compound("Workbook", content=A_SHEET), Finding.OLD_OFFICE),
        (compound("WordDocument", content=MACRO_SHEET), Finding.OLD_OFFICE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Finding.OLD_OFFICE),
    ],
)
def test_under_any_name(name: str, data: bytes, found: Finding) -> None:
    assert finding(name, data) is found
