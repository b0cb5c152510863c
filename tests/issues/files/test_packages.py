"""Office documents: what may be in them, and what is found in those that are refused."""

import io
import random
import struct
import zipfile
from unittest.mock import patch

import pytest
from django.utils import translation

from issues.files.content import EDITORIAL_TYPES, look_at
from issues.files.findings import Finding, NotAccepted
from tests.issues.files.made import (
    ELF,
    MACRO_SHEET,
    PROGRAM,
    RAR,
    RTF,
    SEVEN_ZIP,
    compound,
    docx,
    finding,
    image,
    upload,
    xlsx,
    zipped,
)

CHART_TABLE = xlsx(cells="<c><v>1</v></c>")


@pytest.mark.parametrize(
    "data",
    [
        docx(),
        docx(("word/media/image1.png", image())),
        docx(("docProps/thumbnail.jpeg", image("JPEG"))),
        docx(("word/embeddings/Microsoft_Excel_Sheet1.xlsx", CHART_TABLE)),
        docx(("word/printerSettings1.bin", b"\x01\x02settings")),
        docx(("customXml/item1.xml", "<b:Sources xmlns:b='x'/>")),
        docx(("word/document2.xml", "<x/>" * 1000)),  # not well-formed: no program opens it
    ],
)
def test_documents_that_people_have(data: bytes) -> None:
    assert finding("a.docx", data) is None


def test_tables_that_people_have() -> None:
    parts = [("xl/printerSettings/printerSettings1.bin", b"x"), ("xl/customProperty1.bin", b"x")]
    assert finding("a.xlsx", xlsx(*parts)) is None


@pytest.mark.parametrize(
    ("part", "content", "found"),
    [
        ("word/vbaProject.bin", b"x", Finding.MACROS),
        ("word/macros.bin", b"x", Finding.MACROS),
        ("word/macros.bin", compound("VBA", "_VBA_PROJECT"), Finding.MACROS),
        ("word/media/image1.png", compound("VBA", "dir", "_VBA_PROJECT"), Finding.MACROS),
        ("word/theme/theme.xml", compound("Workbook", content=MACRO_SHEET), Finding.EXCEL4_MACROS),
        ("word/attachedToolbars.bin", b"x", Finding.MACROS),
        ("word/embeddings/oleObject1.bin", compound("\x01Ole10Native"), Finding.OLE),
        ("word/embeddings/picture.emf", compound("\x01CompObj"), Finding.OLE),
        ("word/activeX/activeX1.bin", b"x", Finding.ACTIVEX),
        ("word/other.bin", b"x", Finding.PROGRAM_INSIDE),
        ("word/media/image1.jpeg", PROGRAM, Finding.PROGRAM_INSIDE),
        ("word/fonts/font.odttf", ELF, Finding.PROGRAM_INSIDE),
        ("word/embeddings/setup.exe", b"x", Finding.PROGRAM_INSIDE),
        ("word/embeddings/start.JS", b"x", Finding.PROGRAM_INSIDE),
        ("word/afchunk.rtf", RTF, Finding.PROGRAM_INSIDE),
        ("word/media/image1.gif", RAR, Finding.ARCHIVE_INSIDE),
        ("word/embeddings/x.xlsx", SEVEN_ZIP, Finding.ARCHIVE_INSIDE),
        ("word/embeddings/x.xlsx", zipped([("a.txt", "x")]), Finding.ARCHIVE_INSIDE),
        ("word/embeddings/x.xlsx", xlsx(("xl/vbaProject.bin", b"x")), Finding.MACROS),
        ("word/embeddings/x.xlsx", xlsx(("x.xlsx", CHART_TABLE)), Finding.ARCHIVE_INSIDE),  # ever deeper
        ("word/media/image1.png", image() + zipped([("a", "x")]), Finding.ARCHIVE_INSIDE),
        ("word/media/image1.jpeg", image("JPEG") + RAR, Finding.ARCHIVE_INSIDE),
        ("word/media/image1.png", image() + PROGRAM, Finding.PROGRAM_INSIDE),
        ("../../evil.xml", b"x", Finding.BROKEN_OFFICE),
        ("word\\..\\..\\evil.xml", b"x", Finding.BROKEN_OFFICE),
    ],
)
def test_what_is_embedded(part: str, content: bytes, found: Finding) -> None:
    assert finding("a.docx", docx((part, content))) is found


@pytest.mark.parametrize("inner", ["xl/worksheets/sheet2.xml", "xl/data/x.xml"])
def test_macros_of_a_workbook_under_another_name(inner: str) -> None:
    macro = '<xm:macrosheet xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"/>'
    assert finding("a.xlsx", xlsx((inner, macro))) is Finding.EXCEL4_MACROS


def test_an_encrypted_document_is_a_compound_file() -> None:
    assert finding("a.docx", compound("EncryptionInfo", "EncryptedPackage")) is Finding.ENCRYPTED
    assert finding("a.xlsx", compound("EncryptedPackage")) is Finding.ENCRYPTED


def test_an_encrypted_part() -> None:
    data = bytearray(docx())
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(signature) + at] |= 1
    assert finding("a.docx", bytes(data)) is Finding.ENCRYPTED


class TestSize:
    def test_a_bomb(self) -> None:
        assert finding("a.docx", docx(("word/a.xml", bytes(60 * 1024 * 1024)))) is Finding.BOMB

    def test_a_bomb_within_a_document(self) -> None:
        inner = xlsx(("xl/a.xml", bytes(30 * 1024 * 1024)))
        assert finding("a.docx", docx(("word/embeddings/x.xlsx", inner))) is Finding.BOMB

    def test_nothing_is_unpacked_of_a_bomb(self) -> None:
        bomb = docx(("word/a.xml", bytes(60 * 1024 * 1024)))
        with patch.object(zipfile.ZipFile, "open", side_effect=AssertionError("unpacked")):
            assert finding("a.docx", bomb) is Finding.BOMB

    def test_more_parts_than_documents_have(self) -> None:
        assert finding("a.docx", docx(*((f"word/{n}.xml", b"") for n in range(5_001)))) is Finding.TOO_MANY_PARTS

    @pytest.mark.parametrize("is_zip64", [False, True])
    def test_a_list_of_many_parts_is_not_read(self, is_zip64: bool) -> None:
        """It would take seconds: only its size is looked at."""
        listed = (b"PK\x01\x02" + bytes(42)) * 400_000
        end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, 46 if is_zip64 else len(listed), 30, 0)
        if is_zip64:
            record = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 400_000, 400_000, len(listed), 30)
            end = record + struct.pack("<4sLQL", b"PK\x06\x07", 0, 30 + len(listed), 1) + end
        data = b"PK\x03\x04" + bytes(26) + listed + end
        with patch.object(zipfile, "ZipFile", side_effect=AssertionError("read")):
            assert finding("a.docx", data) is Finding.TOO_MANY_PARTS

    def test_xml_that_would_take_long_to_read(self) -> None:
        """Large parts are read only where they hold something that matters, and only so much of them."""
        row = "<c><v>12345678901</v></c>" * 2_000
        numbers = "".join(f"<r n='{n}'>{row}</r>" for n in range(800))
        assert finding("a.xlsx", _spread(numbers, "")) is None
        assert finding("a.xlsx", _spread(numbers, "<f>A1&amp;&#124;</f>")) is Finding.BOMB


def _spread(rows: str, cells: str) -> bytes:
    return xlsx(("xl/worksheets/sheet2.xml", f"<worksheet>{rows}{cells}</worksheet>"), ("xl/media/a.png", _noise()))


def _noise() -> bytes:
    """So much that cannot be packed that the growth of the whole stays moderate."""
    return random.Random(1).randbytes(700_000)


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"PK\x03\x04", Finding.BROKEN_OFFICE),
        (docx()[:-30], Finding.BROKEN_OFFICE),
        (zipped([("word/document.xml", "<x/>")]), Finding.BROKEN_OFFICE),
        (xlsx(), Finding.BROKEN_OFFICE),
        (compound("WordDocument"), Finding.OLD_OFFICE),
        (compound("WordDocument", "Macros"), Finding.MACROS),
        (RTF, Finding.RICH_TEXT),
        (PROGRAM, Finding.PROGRAM),
        (b"just words", Finding.BROKEN_OFFICE),
        (b"", Finding.BROKEN_OFFICE),
        (RAR, Finding.ARCHIVE),
    ],
)
def test_what_is_no_document(data: bytes, found: Finding) -> None:
    assert finding("a.docx", data) is found


@pytest.mark.parametrize("name", ["a.docm", "a.xlsm", "a.xlsb", "a.dotm", "a"])
def test_documents_of_other_kinds_say_what_is_in_them(name: str) -> None:
    assert finding(name, docx(("word/vbaProject.bin", b"x"))) is Finding.MACROS
    assert finding(name, docx()) is Finding.NOT_ACCEPTED


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.pdf", docx(), "DOCX"),
        ("a.png", xlsx(), "XLSX"),
        ("a.txt", docx(), "DOCX"),
        ("a.xlsx", docx(), "DOCX"),
        ("a.docx", xlsx(), "XLSX"),
        ("a.docm", docx(), "DOCX"),
    ],
)
def test_documents_under_the_name_of_another_kind(name: str, data: bytes, kind: str) -> None:
    with translation.override("en"), pytest.raises(NotAccepted) as refused:
        look_at(upload(name, data))
    assert refused.value.sentence.startswith(f"This file is of the kind {kind}. Give it a name")


def _editorial(name: str, data: bytes) -> Finding | None:
    try:
        look_at(upload(name, data), allowed=EDITORIAL_TYPES)
    except NotAccepted as refused:
        return refused.finding
    return None


class TestOtherPackages:
    ODT = (("mimetype", "application/vnd.oasis.opendocument.text"), ("META-INF/manifest.xml", "<m/>"))

    def test_open_document(self) -> None:
        assert _editorial("a.odt", zipped([*self.ODT, ("content.xml", "<o/>")])) is None
        assert _editorial("a.odt", zipped([*self.ODT, ("content.xml", "<o/>"), ("Basic/x.xml", "")])) is Finding.MACROS
        dde = '<t:x xmlns:o="a" xmlns:t="b"><o:dde-source o:dde-application="cmd"/></t:x>'
        assert _editorial("a.odt", zipped([*self.ODT, ("content.xml", dde)])) is Finding.DDE
        cell = (
            '<t:x xmlns:t="b"><t:table-cell t:formula="of:=DDE(&quot;cmd&quot;;&quot;/c&quot;;&quot;x&quot;)"/></t:x>'
        )
        assert _editorial("a.ods", zipped([*self.ODT, ("content.xml", cell)])) is Finding.DDE
        assert _editorial("a.odt", docx()) is Finding.BROKEN_OFFICE

    def test_presentations(self) -> None:
        slides = zipped([("[Content_Types].xml", "<Types/>"), ("ppt/presentation.xml", "<p/>")])
        assert _editorial("a.pptx", slides) is None
        assert finding("a.pptx", slides) is Finding.NOT_ACCEPTED

    def test_archives(self) -> None:
        assert _editorial("a.zip", zipped([("a.csv", "1;2"), ("b/c.pdf", "x")])) is None
        assert _editorial("a.zip", zipped([("a.csv", PROGRAM)])) is Finding.PROGRAM_INSIDE
        assert _editorial("a.zip", zipped([("a.exe", "x")])) is Finding.PROGRAM_INSIDE
        assert _editorial("a.zip", zipped([("../a.csv", "x")])) is Finding.BROKEN_OFFICE
        assert finding("a.zip", zipped([("a.csv", "1;2")])) is Finding.ARCHIVE


def test_a_file_is_left_at_its_beginning() -> None:
    sent = upload("a.docx", docx())
    look_at(sent)
    assert zipfile.is_zipfile(io.BytesIO(sent.read()))
