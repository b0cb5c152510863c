"""What the first bytes of a file say, and what is hidden in it behind what it shows.

Kinds that are only named to the person come from puremagic; what decides whether a file is refused is written here.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

import puremagic

PROGRAM = "program"
ARCHIVE = "archive"
OLE = "ole"  # the container of DOC, XLS, PPT, MSG, and of encrypted Office documents
ZIP = "zip"  # DOCX and XLSX too
RTF = "rtf"
PDF = "pdf"
PNG, JPEG, GIF, WEBP = "png", "jpg", "gif", "webp"

PIECE = 1024 * 1024  # bytes read at once
_CERTAIN = 0.4  # of 1, as puremagic counts; below stand signatures of two bytes
# Among the hundreds that puremagic knows are many that only look alike.
_NAMED = frozenset({"HEIC", "HEIF", "AVIF", "TIFF", "TIF", "PSD", "SVG", "HTML", "DWG", "MP4", "MOV", "AVI", "MKV"})
_OVERLAP = 512  # more than the longest pattern below
_PDF = b"%PDF-"
_PDF_BEFORE = 1024  # a reader finds a header that begins within so many bytes (ISO 32000-1, annex H.3, note 13)

_STARTS = {
    b"\x89PNG\r\n\x1a\n": PNG,
    b"\xff\xd8\xff": JPEG,
    b"GIF87a": GIF,
    b"GIF89a": GIF,
    b"PK\x03\x04": ZIP,
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": OLE,
    b"\x7fELF": PROGRAM,
    b"\xfe\xed\xfa\xce": PROGRAM,  # Mach-O, of 32 and 64 bits, in both orders of bytes
    b"\xfe\xed\xfa\xcf": PROGRAM,
    b"\xce\xfa\xed\xfe": PROGRAM,
    b"\xcf\xfa\xed\xfe": PROGRAM,
    b"\xca\xfe\xba\xbe": PROGRAM,  # Mach-O for several processors, Java classes
    b"\0asm": PROGRAM,
    b"dex\n03": PROGRAM,  # Android
    b"L\0\0\0\x01\x14\x02\0": PROGRAM,  # a shortcut of Windows
    b"Rar!\x1a\x07": ARCHIVE,
    b"7z\xbc\xaf\x27\x1c": ARCHIVE,
    b"\x1f\x8b\x08": ARCHIVE,
    b"\xfd7zXZ\0": ARCHIVE,
    b"\x28\xb5\x2f\xfd": ARCHIVE,  # Zstandard
    b"MSCF\0\0\0\0": ARCHIVE,
}
_PATTERNS = (
    (re.compile(rb"RIFF.{4}WEBP", re.DOTALL), WEBP),
    (re.compile(rb"MZ.{0,62}?\0", re.DOTALL), PROGRAM),  # a header of DOS and Windows is full of zeros, a text is not
    (re.compile(rb"(?:\xef\xbb\xbf)?#!\s?/"), PROGRAM),
    (re.compile(rb"BZh[1-9]1AY&SY"), ARCHIVE),
    (re.compile(rb".{257}ustar[\0 ]", re.DOTALL), ARCHIVE),
    (re.compile(rb"(?:\xef\xbb\xbf)?\s{0,64}\{\\rt", re.IGNORECASE), RTF),
)

# Each is so long that it appears by chance in one of a million files. All begin with fixed bytes: that is fast.
_RAR = re.compile(rb"Rar!\x1a\x07[\x00\x01]")
_SEVEN_ZIP = re.compile(rb"7z\xbc\xaf\x27\x1c\x00")
_ZIP_MEMBER = re.compile(  # version, flags, method, time, checksum and sizes, length of the name (APPNOTE 4.3.7)
    rb"PK\x03\x04[\x00-\x3f]\x00.{2}[\x00\x08\x09\x0c\x0e\x5d\x5f-\x63]\x00.{16}.[\x00-\x03]", re.DOTALL
)
_MACH_O = rb"[\xce\xcf]\xfa\xed\xfe.{2}\0[\x00\x01]|\xfe\xed\xfa[\xce\xcf][\x00\x01]\0|\xca\xfe\xba\xbe\0"
# What stands right behind an end, or behind the blanks and zeros that may follow it.
_AFTER = (
    rb"[\0\s]{0,64}(?:(?P<program>MZ.{0,6}?\0|\x7fELF[\x01\x02]|#!\s?/|dex\n03|\0asm[\1-\3]\0|L\0\0\0\x01\x14\x02\0|"
    + _MACH_O
    + rb")|\x1f\x8b\x08[\x00-\x1f]|BZh[1-9]1AY|\xfd7zXZ\x00|MSCF\x00{4}|\x28\xb5\x2f\xfd|PK\x03\x04|"
    + rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1|.{257}ustar[\0 ])"
)
_AFTER_PNG = re.compile(rb"IEND\xaeB`\x82" + _AFTER, re.DOTALL)
_AFTER_JPEG = re.compile(rb"\xff\xd9" + _AFTER, re.DOTALL)
_AFTER_PDF = re.compile(rb"%%EOF" + _AFTER, re.DOTALL)
_PROGRAM_ANYWHERE = re.compile(
    rb"\x7fELF[\x01\x02]|MZ.{0,4}\0|This program cannot be run in DOS mode|" + _MACH_O, re.DOTALL
)
_PROGRAM_OF_WINDOWS = re.compile(rb"(?P<program>This program cannot be run in DOS mode)")
_BEHIND_AN_IMAGE = (_RAR, _SEVEN_ZIP, _ZIP_MEMBER, _AFTER_PNG, _AFTER_JPEG, _PROGRAM_OF_WINDOWS)

# The end of a ZIP archive: a signature, 16 bytes, the length of a comment, the comment.
_ZIP_END = b"PK\x05\x06"
_ZIP_END_SIZE = 22
_ZIP_TAIL = _ZIP_END_SIZE + 0xFFFF
_ZIP64_LOCATOR = b"PK\x06\x07"
_ZIP64_BEFORE = 20 + 56  # bytes of the locator and of the record before it


def kind_of_head(head: bytes) -> str:
    """One of the kinds above, or nothing, by the first kilobytes."""
    for start, kind in _STARTS.items():
        if head.startswith(start):
            return kind
    for pattern, kind in _PATTERNS:
        if pattern.match(head):
            return kind
    return PDF if _PDF in head[: _PDF_BEFORE - 1 + len(_PDF)] else ""


def name_of(head: bytes) -> str:
    """How a kind that people often send is called ("HEIF"), or nothing where that is not certain."""
    try:
        matches = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return ""
    found = (match.extension.lstrip(".").upper() for match in matches if match.confidence >= _CERTAIN)
    return next((name for name in found if name in _NAMED), "")


def pieces(stream: BinaryIO, overlap: int = 0) -> Iterator[bytes]:
    """The whole stream from its start; each piece begins with the last `overlap` bytes of the one before."""
    stream.seek(0)
    before = b""
    while piece := stream.read(PIECE):
        yield before + piece
        before = (before + piece)[-overlap:] if overlap else b""


def hidden_in_image(stream: BinaryIO) -> str:
    """ARCHIVE or PROGRAM where one stands behind the image, or nothing.

    What cameras and phones append (previews, a short film) is neither.
    """
    return _hidden(stream, _BEHIND_AN_IMAGE)


def hidden_in_pdf(stream: BinaryIO) -> str:
    """ARCHIVE or PROGRAM where one stands right behind the end of a PDF, or nothing."""
    return _hidden(stream, (_AFTER_PDF,))


def _hidden(stream: BinaryIO, patterns: tuple[re.Pattern[bytes], ...]) -> str:
    for piece in pieces(stream, _OVERLAP):
        for pattern in patterns:
            found = pattern.search(piece)
            if found:
                return PROGRAM if found.groupdict().get("program") else ARCHIVE
    return ""


def hidden_archive(stream: BinaryIO, size: int) -> bool:
    """Whether a program that unpacks archives would find one in this file."""
    if zip_list_size(stream, size) is not None:
        return True
    return any(p.search(piece) for piece in pieces(stream, _OVERLAP) for p in (_RAR, _SEVEN_ZIP))


def has_program(stream: BinaryIO) -> bool:
    """Whether something like a program stands in the file. Only to explain a refusal: it may be chance."""
    return any(_PROGRAM_ANYWHERE.search(piece) for piece in pieces(stream, _OVERLAP))


def zip_list_size(stream: BinaryIO, size: int) -> int | None:
    """The size in bytes of the list of contents of a ZIP archive at the end of the file; None where there is none.

    The list is what costs time to read, and a file of 20 MB may be nothing but a list.
    """
    stream.seek(max(0, size - _ZIP_TAIL))
    tail = stream.read(_ZIP_TAIL)
    at = tail.rfind(_ZIP_END)
    if at < 0 or at + _ZIP_END_SIZE > len(tail):
        return None
    listed = int.from_bytes(tail[at + 12 : at + 16], "little")
    comment = int.from_bytes(tail[at + 20 : at + _ZIP_END_SIZE], "little")
    if at >= _ZIP64_BEFORE and tail[at - 20 : at - 16] == _ZIP64_LOCATOR:
        record = at - _ZIP64_BEFORE
        return int.from_bytes(tail[record + 40 : record + 48], "little")
    ends_the_file = at + _ZIP_END_SIZE + comment == len(tail)
    return listed if ends_the_file or _is_list(stream, size - len(tail) + at - listed) else None


def _is_list(stream: BinaryIO, at: int) -> bool:
    if at < 0:
        return False
    stream.seek(at)
    return stream.read(4) == b"PK\x01\x02"
