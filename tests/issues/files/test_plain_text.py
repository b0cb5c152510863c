"""Texts are texts to their end, in UTF-8 or UTF-16."""

import codecs

import pytest

from issues.files.findings import Finding
from tests.issues.files.made import ELF, PROGRAM, RTF, finding

LETTER = "Kính gửi Sở Xây dựng,\r\nĐề nghị gia hạn giấy phép số 12/GP-SXD (1.500.000 €).\r\n"


@pytest.mark.parametrize(
    "data",
    [
        LETTER.encode(),
        codecs.BOM_UTF8 + LETTER.encode(),
        LETTER.encode("utf-16"),
        codecs.BOM_UTF16_BE + LETTER.encode("utf-16-be"),
        LETTER.encode("utf-16-le"),
        LETTER.encode("utf-16-be"),
        (LETTER * 40_000).encode(),  # pieces end in the middle of a character
        (LETTER * 20_000).encode("utf-16"),
        "Chào 😀".encode("utf-16"),
        b"MZ 12 is the number of the plot",
        b"BM, PK, Rar! and 7z are shortened words",
        b"%PDF is the beginning of a PDF",
        b"<p>HTML</p>",
    ],
)
def test_texts(data: bytes) -> None:
    assert finding("a.txt", data) is None


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (LETTER.encode() * 200 + PROGRAM, Finding.HIDDEN_PROGRAM),
        (LETTER.encode() * 200 + ELF, Finding.HIDDEN_PROGRAM),
        (LETTER.encode("utf-16") + PROGRAM, Finding.HIDDEN_PROGRAM),
        (LETTER.encode() * 200 + b"\0", Finding.NO_TEXT),
        (LETTER.encode() + b"\xff\xfe\xfa", Finding.NO_TEXT),
        (b"\xff\xfe\xfa latin", Finding.NO_TEXT),
        (b"\xff\xfe" + bytes(20), Finding.NO_TEXT),
        (LETTER.encode("utf-16-le")[1:], Finding.NO_TEXT),
        (bytes(range(256)) * 4, Finding.NO_TEXT),
        (bytes(100), Finding.NO_TEXT),
        (RTF, Finding.RICH_TEXT),
        (b"\xef\xbb\xbf \n" + RTF, Finding.RICH_TEXT),
    ],
)
def test_what_is_no_text(data: bytes, found: Finding) -> None:
    assert finding("a.txt", data) is found


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
@pytest.mark.parametrize(
    "row",
    [
        "=cmd|'/c calc'!A0",
        "tên,=cmd|'/c calc.exe'!A1,3",
        "tên;\"=MSEXCEL|'\\..\\cmd.exe /c calc'!x\";3",
        "@SUM(1+1)*x\n+cmd|' /c calc'!A0",
        "1\t-2\t=-+cmd|' /c calc'!A0",
    ],
)
def test_cells_that_start_a_program(row: str, encoding: str) -> None:
    assert finding("a.txt", (LETTER + row).encode(encoding)) is Finding.DDE


@pytest.mark.parametrize(
    "row", ["a|b|c!", "| tên | số |\n|---|---|\n| A | 1! |", "x = a|b", "=A1", "-a và b! | c", "-Tầng|giá 5! Xem"]
)
def test_tables_that_people_write(row: str) -> None:
    assert finding("a.txt", row.encode()) is None
