"""Texts are texts to their end, in Unicode or in a character set of one byte."""

import codecs
import random

import pytest
from django.utils import translation

from issues.files.content import EDITORIAL_TYPES, look_at
from issues.files.findings import Finding, NotAccepted
from tests.core.test_charsets import by_1258, old
from tests.issues.files.made import ELF, MACH_O, PROGRAM, RTF, finding, image, upload, zipped

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
        LETTER.encode("utf-32"),
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


OLD = "Kính gửi Sở Xây dựng; đề nghị gia hạn giấy phép số 12/GP-SXD, phí 1.500.000 đồng."
OLD_FILES = {
    "windows-1258": by_1258(OLD),
    "TCVN3": old("tcvn3", OLD),
    "VISCII": old("viscii", OLD + " Ỷ Ỹ Ỵ Ẳ Ẵ Ẫ"),
    "windows-1252": "Müller & Söhne, Straße 5: „Größe“ 1.500 €".encode("cp1252"),
    "Latin-1": "Société générale, à côté".encode("latin-1"),
    "EUC-KR": "안녕하세요 반갑습니다".encode("euc-kr"),
    "one word": by_1258("Ừ."),
}


@pytest.mark.parametrize("data", OLD_FILES.values(), ids=OLD_FILES)
class TestOneByte:
    """Older programs write texts in the character set of their time; nothing in the file says which."""

    @pytest.mark.parametrize("name", ["a.txt", "a.csv"])
    def test_is_text(self, name: str, data: bytes) -> None:
        for content in (data, data * 40_000, b"plain words;1;2\r\n" * 100_000 + data, data + b"\r\n\x0c\x1a"):
            assert look_at(upload(name, content), allowed=EDITORIAL_TYPES).suffix == name[1:]

    @pytest.mark.parametrize("program", [PROGRAM, ELF, MACH_O])
    def test_a_program_behind_it(self, program: bytes, data: bytes) -> None:
        assert finding("a.txt", data * 200 + program) is Finding.HIDDEN_PROGRAM
        assert finding("a.txt", program + data) is Finding.PROGRAM

    @pytest.mark.parametrize("binary", [b"\0", b"\x01", b"\x7f", random.Random(3).randbytes(300), image()])
    def test_something_else_behind_it(self, binary: bytes, data: bytes) -> None:
        assert finding("a.txt", data * 200 + binary) is Finding.NO_TEXT
        assert finding("a.txt", b"plain words " * 200_000 + data + binary) is Finding.NO_TEXT

    def test_an_archive_behind_it(self, data: bytes) -> None:
        assert finding("a.txt", data + zipped([("a", "x")])) is Finding.HIDDEN_ARCHIVE

    def test_a_cell_that_starts_a_program(self, data: bytes) -> None:
        assert finding("a.txt", data + b"\n=cmd|'/c calc'!A0") is Finding.DDE


def test_capitals_that_are_controls_elsewhere_need_viscii() -> None:
    assert finding("a.txt", "Straße".encode("cp1252") + b" \x1e") is Finding.NO_TEXT


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (LETTER.encode() + b"\0", "This file is named as a text, but bytes that no text has"),
        (bytes(range(256)), "This file is named as a text, but bytes that no text has"),
        (LETTER.encode() + PROGRAM, "A program is hidden in this file"),
        (PROGRAM, "This file is a program"),
        (LETTER.encode() + b"\xff\xfe\xfa", "The characters of this text could not be read. Save it in UTF-8"),
        ("承認".encode("shift-jis"), "The characters of this text could not be read. Save it in UTF-8"),
        (b"\xff\xfe\xfa latin", "The characters of this text could not be read. Save it in UTF-8"),
        (image(), "This file is of the kind PNG."),
        (b"\xff\xd8\xff\xe0 without zeros", "This file is of the kind JP"),
    ],
)
def test_the_refusal_says_what_was_found(data: bytes, said: str) -> None:
    with translation.override("en"), pytest.raises(NotAccepted) as refused:
        look_at(upload("a.txt", data))
    with translation.override("en"):
        assert refused.value.sentence.startswith(said)


@pytest.mark.parametrize(
    "cell",
    ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "=SUM(A1:A9)", "=A1|B1", "+84 28 1",
     "-5", "@an", "=1+1", '=HYPERLINK("https://example.vn","x")', "TRUE", "1e5"],
)  # fmt: skip
@pytest.mark.parametrize("name", ["a.txt", "a.csv"])
def test_cells_of_exports(name: str, cell: str) -> None:
    for row in (f"{cell}\n", f"tên;{cell};3\r\n", f'"{cell}","x"\n', f"a\t{cell}"):
        assert look_at(upload(name, (LETTER + row).encode()), allowed=EDITORIAL_TYPES)
