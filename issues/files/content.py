"""What a file really is, by its bytes: the name proves nothing. Nothing is unpacked or drawn here.

Refused are files that are two things at once (a document with an archive behind it), archives that unpack to far more
than they hold, and office documents with programs in them.
"""

import zipfile
from pathlib import PurePath

import puremagic
from django.core.files.uploadedfile import UploadedFile

# What may be attached: extension → content type. Nothing that a browser would run.
ALLOWED_TYPES = {
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".txt": "text/plain",
}
IMAGES = ("image/png", "image/jpeg")
_FOLDERS = {".docx": "word/", ".xlsx": "xl/"}
_SAME = {".jpeg": ".jpg"}
_HEAD = 8192
_MOST_PARTS = 5_000
_MOST_UNPACKED = 400 * 1024 * 1024  # bytes
_MOST_GROWTH = 100  # times; documents of text and tables stay below 30
_GROWTH_FROM = 20 * 1024 * 1024  # smaller ones do no harm
# The end of a zip archive: a signature, 16 bytes, the length of a comment, the comment.
_ZIP_END = b"PK\x05\x06"
_ZIP_END_SIZE = 22
_ZIP_TAIL = _ZIP_END_SIZE + 0xFFFF


def kind_of(upload: UploadedFile) -> str | None:
    """The content type of an allowed file whose bytes are what its name says; None otherwise."""
    suffix = PurePath(upload.name or "").suffix.lower()
    try:
        return ALLOWED_TYPES[suffix] if suffix in ALLOWED_TYPES and _is_really(suffix, upload) else None
    finally:
        upload.seek(0)


def _is_really(suffix: str, upload: UploadedFile) -> bool:
    upload.seek(0)
    head = upload.read(_HEAD)
    if suffix in _FOLDERS:
        return head.startswith(b"PK\x03\x04") and _is_office(upload, _FOLDERS[suffix])
    if _ends_as_archive(upload):
        return False
    if suffix == ".txt":
        return b"\0" not in head and _is_text(head)
    try:
        found = {match.extension.lower() for match in puremagic.magic_string(head)}
    except puremagic.PureError:
        return False
    return _SAME.get(suffix, suffix) in {_SAME.get(one, one) for one in found}


def _is_office(upload: UploadedFile, folder: str) -> bool:
    """From the archive's list of contents alone."""
    upload.seek(0)
    try:
        with zipfile.ZipFile(upload) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False
    names = {part.filename for part in parts}
    unpacked = sum(part.file_size for part in parts)
    return (
        len(parts) <= _MOST_PARTS
        and "[Content_Types].xml" in names
        and any(name.startswith(folder) for name in names)
        and not any(name.lower().endswith("vbaproject.bin") for name in names)
        and not any(part.flag_bits & 1 for part in parts)  # encrypted: nobody could look into it
        and min(part.header_offset for part in parts) == 0  # nothing stands before it
        and unpacked <= _MOST_UNPACKED
        and (unpacked <= _GROWTH_FROM or unpacked <= _MOST_GROWTH * (upload.size or 0))
    )


def _ends_as_archive(upload: UploadedFile) -> bool:
    """Whether a program that unpacks archives would take it for one."""
    size = upload.size or 0
    upload.seek(max(0, size - _ZIP_TAIL))
    tail = upload.read(_ZIP_TAIL)
    at = tail.rfind(_ZIP_END)
    if at < 0 or at + _ZIP_END_SIZE > len(tail):
        return False
    comment = int.from_bytes(tail[at + 20 : at + _ZIP_END_SIZE], "little")
    return at + _ZIP_END_SIZE + comment == len(tail)


def _is_text(head: bytes) -> bool:
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start > len(head) - 4  # a character cut in half by the end of the sample
    return True
