"""Makes files of many kinds, byte by byte, so that the tests need none from elsewhere."""

import io
import struct
import zipfile
from collections.abc import Iterable

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from issues.files import content
from issues.files.findings import Finding, NotAccepted

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships/"

PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" + bytes(48) + b"This program cannot be run in DOS mode"
ELF = b"\x7fELF\x02\x01\x01" + bytes(57)
MACH_O = b"\xcf\xfa\xed\xfe\x07\x00\x00\x01\x03\x00\x00\x00\x02\x00\x00\x00" + bytes(48)
RAR = b"Rar!\x1a\x07\x01\x00" + bytes(40)
SEVEN_ZIP = b"7z\xbc\xaf\x27\x1c\x00\x04" + bytes(40)
RTF = rb"{\rtf1\ansi{\field{\*\fldinst DDEAUTO c:\\windows\\cmd.exe}}}"

# The record of a sheet in an old workbook that is a sheet of Excel 4.0 macros.
MACRO_SHEET = b"\x85\x00\x0e\x00" + bytes(4) + b"\x00\x01" + b"\x06\x00Macro1"

Part = tuple[str, str | bytes]


def zipped(parts: Iterable[Part], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in parts:
            archive.writestr(name, data)
    return out.getvalue()


def types(*declared: Part) -> str:
    """[Content_Types].xml with these parts besides the usual ones."""
    rows = "".join(f'<Override PartName="/{name}" ContentType="{kind!s}"/>' for name, kind in declared)
    usual = '<Default Extension="xml" ContentType="application/xml"/>'
    return f'<?xml version="1.0"?><Types xmlns="{_TYPES}">{usual}{rows}</Types>'


def relations(kind: str, target: str, *, external: bool = False, microsoft: bool = False) -> str:
    mode = ' TargetMode="External"' if external else ""
    full = (_MICROSOFT if microsoft else _OFFICE) + kind
    return (
        f'<?xml version="1.0"?><Relationships xmlns="{_RELATIONS}">'
        f'<Relationship Id="rId1" Type="{full}" Target="{target}"{mode}/></Relationships>'
    )


def docx(*parts: Part, body: str = "<w:p/>", declared: tuple[Part, ...] = ()) -> bytes:
    document = f'<?xml version="1.0"?><w:document {W}><w:body>{body}</w:body></w:document>'
    return zipped([("[Content_Types].xml", types(*declared)), ("word/document.xml", document), *parts])


def xlsx(*parts: Part, cells: str = "", names: str = "", declared: tuple[Part, ...] = ()) -> bytes:
    book = f"<workbook {S}><sheets/><definedNames>{names}</definedNames></workbook>"
    sheet = f'<worksheet {S}><sheetData><row r="1">{cells}</row></sheetData></worksheet>'
    return zipped(
        [
            ("[Content_Types].xml", types(*declared)),
            ("xl/workbook.xml", book),
            ("xl/worksheets/sheet1.xml", sheet),
            *parts,
        ]
    )


def field(*instructions: str) -> str:
    """A field of Word whose instruction is cut into these pieces."""
    texts = "".join(f"<w:r><w:instrText>{text}</w:instrText></w:r>" for text in instructions)
    return f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{texts}<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def compound(*streams: str, content: bytes = b"") -> bytes:
    """An OLE compound file with streams of these names: a header, a directory, and the content."""
    entries = b""
    for name in ("Root Entry", *streams):
        stored = (name + "\0").encode("utf-16-le")
        entries += stored.ljust(64, b"\0") + struct.pack("<H", len(stored)) + bytes(62)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + entries + content


def image(form: str = "PNG", size: int = 10) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (size, size), "teal").save(out, form)
    return out.getvalue()


def pdf(trailer: str = "/Root 1 0 R", body: bytes = b"") -> bytes:
    return b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n" + body + f"trailer\n<< {trailer} >>\n%%EOF\n".encode()


def upload(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def finding(name: str, data: bytes) -> Finding | None:
    """What is found in this file; None where it is accepted."""
    try:
        content.look_at(upload(name, data))
    except NotAccepted as refused:
        return refused.finding
    return None
