"""Documents that are ZIP archives: Office Open XML (ISO/IEC 29500) and OpenDocument. Nothing is unpacked to a disk.

The list of contents is checked before anything is read, so that a bomb costs nothing. Then each part is looked at: its
first bytes, and the XML for what it makes a program do. Names of parts prove nothing, as those of files do not.
"""

import codecs
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO, cast

from issues.files import compound
from issues.files.findings import Finding, NotAccepted
from issues.files.package_xml import check_xml
from issues.files.signatures import (
    ARCHIVE,
    GIF,
    JPEG,
    OLE,
    PNG,
    PROGRAM,
    RTF,
    ZIP,
    hidden_in_image,
    kind_of_head,
    zip_list_size,
)

_MOST_PARTS = 5_000
_LONGEST_LIST = 1024 * 1024  # bytes of the list of contents
_MOST_UNPACKED = 200 * 1024 * 1024  # bytes
_MOST_GROWTH = 100  # times; documents of text and tables stay below 30
_GROWTH_FROM = 20 * 1024 * 1024  # smaller ones do no harm
_MOST_XML = 32 * 1024 * 1024  # bytes of XML that are read element by element: about a second
_READ_ALWAYS = 1024 * 1024  # bytes; larger parts only if they hold a word that matters
_MOST_EMBEDDED = 20 * 1024 * 1024  # bytes of documents within documents
_DEPTH = 2  # a document, and one in it
_HEAD = 512
_PIECE = 256 * 1024
_IMAGES = (PNG, JPEG, GIF)
_ENCRYPTED = 1  # in the flags of a part

ANY_FOLDER = ("word/", "xl/", "ppt/")
# Parts in binary that Office writes and no program runs: settings of printers, and properties.
_HARMLESS_BINARY = re.compile(r"(?:printersettings|customproperty)\d*\.bin$")
_PROGRAM_NAME = re.compile(r"\.(?:exe|dll|com|scr|msi|bat|cmd|ps1|vbs|vbe|js|jse|wsf|hta|jar|lnk|reg|sh|apk|cpl)$")
_BINARY_NAMES = (
    (re.compile(r"vba|macro|toolbar"), Finding.MACROS),
    (re.compile(r"activex|control"), Finding.ACTIVEX),
    (re.compile(r"ole|embedding"), Finding.OLE),
)
# What a large part has to hold before it is worth reading, in lower case. `\0`: it is written in UTF-16.
_MATTERS = (
    b"|",
    b"&#",
    b"<!",
    b"\0",
    b"instr",
    b"fld",
    b"dde",
    b"ole",
    b"macro",
    b"definedname",
    b"relation",
    b"imagedata",
    b"image ",
    b"fill ",
    b"ocx",
    b"event-",
)
_OTHER_ENCODING = re.compile(rb"encoding\s*=\s*['\"](?!utf-8)", re.IGNORECASE)
_MATTERS_OVERLAP = 32
_DAMAGED = (zipfile.BadZipFile, zlib.error, ValueError, OSError, NotImplementedError, EOFError, RuntimeError)


@dataclass
class _Budget:
    """How much may still be read of one file, whatever is within what."""

    xml: int = _MOST_XML
    embedded: int = _MOST_EMBEDDED


def check_office(stream: BinaryIO, size: int, folders: tuple[str, ...]) -> None:
    """Check a DOCX, XLSX or PPTX, whose parts stand in one of these folders. Raises NotAccepted."""
    _check_office(stream, size, folders, _Budget(), _DEPTH)


def folders_of(stream: BinaryIO, size: int) -> tuple[str, ...]:
    """Which of `ANY_FOLDER` this archive has: what kind of document it is. Raises NotAccepted."""
    with _opened(stream, size) as archive:
        names = [part.filename.lower() for part in archive.infolist()]
    return tuple(folder for folder in ANY_FOLDER if any(name.startswith(folder) for name in names))


def check_open_document(stream: BinaryIO, size: int) -> None:
    """Check an ODT or ODS. Raises NotAccepted."""
    with _opened(stream, size) as archive:
        names = {part.filename.lower() for part in archive.infolist()}
        if not {"mimetype", "content.xml"} <= names:
            raise NotAccepted(Finding.BROKEN_OFFICE)
        if any(name.startswith(("basic/", "scripts/")) for name in names):
            raise NotAccepted(Finding.MACROS)
        _check_parts(archive, _Budget(), _DEPTH)


def check_archive(stream: BinaryIO, size: int) -> None:
    """Check the list of a plain archive, and that it holds no program. Raises NotAccepted."""
    with _opened(stream, size) as archive:
        for part in archive.infolist():
            if _PROGRAM_NAME.search(part.filename.lower()) or kind_of_head(_head(archive, part)) == PROGRAM:
                raise NotAccepted(Finding.PROGRAM_INSIDE)


def _check_office(stream: BinaryIO, size: int, folders: tuple[str, ...], budget: _Budget, depth: int) -> None:
    with _opened(stream, size) as archive:
        names = [part.filename.lower() for part in archive.infolist()]
        if "[content_types].xml" not in names or not any(name.startswith(folders) for name in names):
            raise NotAccepted(Finding.BROKEN_OFFICE)
        _check_parts(archive, budget, depth)


@contextmanager
def _opened(stream: BinaryIO, size: int) -> Iterator[zipfile.ZipFile]:
    """The archive, once its list of contents has passed; what is broken in it becomes a refusal."""
    listed = zip_list_size(stream, size)
    if listed is not None and listed > _LONGEST_LIST:
        raise NotAccepted(Finding.TOO_MANY_PARTS)
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as archive:
            _check_list(archive.infolist(), size)
            yield archive
    except _DAMAGED:
        raise NotAccepted(Finding.BROKEN_OFFICE) from None


def _check_list(parts: list[zipfile.ZipInfo], size: int) -> None:
    if len(parts) > _MOST_PARTS:
        raise NotAccepted(Finding.TOO_MANY_PARTS)
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise NotAccepted(Finding.ENCRYPTED)
    unpacked = sum(part.file_size for part in parts)
    if unpacked > _MOST_UNPACKED or (unpacked > _GROWTH_FROM and unpacked > _MOST_GROWTH * size):
        raise NotAccepted(Finding.BOMB)
    if not parts or min(part.header_offset for part in parts) != 0:  # something stands before it
        raise NotAccepted(Finding.BROKEN_OFFICE)
    if any(".." in re.split(r"[/\\]", part.filename) for part in parts):  # would be unpacked somewhere else
        raise NotAccepted(Finding.BROKEN_OFFICE)


def _check_parts(archive: zipfile.ZipFile, budget: _Budget, depth: int) -> None:
    for part in archive.infolist():
        name = part.filename.lower()
        if _PROGRAM_NAME.search(name):
            raise NotAccepted(Finding.PROGRAM_INSIDE)
        if name.endswith(".bin") and not _HARMLESS_BINARY.search(name):
            raise NotAccepted(_finding_in_binary(archive, part))
        head = _head(archive, part)
        kind = kind_of_head(head)
        if kind in (PROGRAM, RTF):
            raise NotAccepted(Finding.PROGRAM_INSIDE)
        if kind == ARCHIVE:
            raise NotAccepted(Finding.ARCHIVE_INSIDE)
        if kind == OLE:
            raise NotAccepted(_finding_in_binary(archive, part))
        if kind in _IMAGES:
            _check_image(archive, part)
        elif kind == ZIP:
            _check_embedded(archive, part, budget, depth)
        elif _is_xml(head):
            _check_xml(archive, part, budget)


def _check_image(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    with archive.open(part) as stream:
        hidden = hidden_in_image(cast("BinaryIO", stream))
    if hidden:
        raise NotAccepted(Finding.PROGRAM_INSIDE if hidden == PROGRAM else Finding.ARCHIVE_INSIDE)


def _finding_in_binary(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Finding:
    """What a part in binary is, by its own content, else by its name."""
    content = archive.read(part) if part.file_size <= _MOST_EMBEDDED else b""
    kind = kind_of_head(content[:_HEAD])
    if kind == OLE:
        found = compound.finding_in(io.BytesIO(content))
        return found if found in (Finding.MACROS, Finding.EXCEL4_MACROS) else Finding.OLE
    by_name = (finding for pattern, finding in _BINARY_NAMES if pattern.search(part.filename.lower()))
    return Finding.PROGRAM_INSIDE if kind == PROGRAM else next(by_name, Finding.PROGRAM_INSIDE)


def _check_embedded(archive: zipfile.ZipFile, part: zipfile.ZipInfo, budget: _Budget, depth: int) -> None:
    """A document in the document, such as the table that a chart is drawn from. Any other archive is refused."""
    budget.embedded -= part.file_size
    if depth <= 1 or budget.embedded < 0:
        raise NotAccepted(Finding.ARCHIVE_INSIDE)
    try:
        _check_office(io.BytesIO(archive.read(part)), part.file_size, ANY_FOLDER, budget, depth - 1)
    except NotAccepted as refused:
        finding = Finding.ARCHIVE_INSIDE if refused.finding is Finding.BROKEN_OFFICE else refused.finding
        raise NotAccepted(finding) from None


def _check_xml(archive: zipfile.ZipFile, part: zipfile.ZipInfo, budget: _Budget) -> None:
    if part.file_size > _READ_ALWAYS and not _matters(archive, part):
        return
    budget.xml -= part.file_size
    if budget.xml < 0:
        raise NotAccepted(Finding.BOMB)
    check_xml(_pieces(archive, part), _encoding(_head(archive, part)))


def _matters(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    if _OTHER_ENCODING.search(_head(archive, part)):
        return True
    before = b""
    for piece in _pieces(archive, part):
        text = (before + piece).lower()
        if any(word in text for word in _MATTERS):
            return True
        before = piece[-_MATTERS_OVERLAP:]
    return False


def _is_xml(head: bytes) -> bool:
    """XML of documents, in UTF-8 or UTF-16. It may begin with any number of blanks, if it has no declaration."""
    begin = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return not begin or begin.startswith(b"<")


def _encoding(head: bytes) -> str | None:
    """The encoding to read a part in, where its declaration may be one that the parser cannot read, or not true.

    What matters is in ASCII: programs that know the encoding, or ignore it, would read it all the same.
    """
    if b"\0" in head or not _OTHER_ENCODING.search(head):
        return None
    return "utf-8" if head.startswith(codecs.BOM_UTF8) else "iso-8859-1"


def _head(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    with archive.open(part) as stream:
        return stream.read(_HEAD)


def _pieces(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(part) as stream:
        while piece := stream.read(_PIECE):
            yield piece
