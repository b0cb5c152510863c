"""What a file really is, by its bytes: the name proves nothing. Nothing is unpacked to a disk or drawn here.

An image is taken as the kind that it is, whatever its name says. Refused is what could do something when it is opened,
what hides something else, and what nobody could look into; the refusal says what was found.
"""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO, cast

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from issues.files import compound, packages, plain_text, portable
from issues.files import signatures as kinds
from issues.files.findings import Finding, NotAccepted

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
# What editors of the site may keep besides.
EDITORIAL_TYPES = {
    **ALLOWED_TYPES,
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".csv": "text/csv",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".zip": "application/zip",
}
IMAGES = ("image/png", "image/jpeg")
_FOLDERS = {".docx": "word/", ".xlsx": "xl/", ".pptx": "ppt/"}
_IMAGE_SUFFIXES = {
    kinds.PNG: (".png",),
    kinds.JPEG: (".jpg", ".jpeg"),
    kinds.GIF: (".gif",),
    kinds.WEBP: (".webp",),
}
_ALL_IMAGES = tuple(suffix for suffixes in _IMAGE_SUFFIXES.values() for suffix in suffixes)
_HEAD = 8192


@dataclass(frozen=True)
class Content:
    """What an accepted file is. `suffix`: the extension that its name should have, in lower case."""

    kind: str  # its content type
    suffix: str

    def name(self, name: str) -> str:
        """The file's name with the right extension; unchanged where it has that."""
        path = PurePath(name)
        return name if path.suffix.lower() == self.suffix else f"{name.removesuffix(path.suffix)}{self.suffix}"


def kind_of(upload: UploadedFile) -> str | None:
    """The content type of a file that is accepted; None for one that is refused."""
    try:
        return look_at(upload).kind
    except NotAccepted:
        return None


def look_at(upload: UploadedFile, *, allowed: Collection[str] = ALLOWED_TYPES.keys()) -> Content:
    """What this file is. `allowed`: the extensions that are accepted here. Raises NotAccepted with what was found."""
    suffix = PurePath(upload.name or "").suffix.lower()
    looked = _Looked(suffix, cast("BinaryIO", upload), upload.size or 0, allowed)
    try:
        right = looked.right_suffix()
    finally:
        upload.seek(0)
    return Content(EDITORIAL_TYPES[right], right)


def image_name(upload: UploadedFile) -> str:
    """The name under which an image is kept: its own, with the extension of what it is. Other files keep theirs."""
    name = upload.name or ""
    upload.seek(0)
    suffixes = _IMAGE_SUFFIXES.get(kinds.kind_of_head(upload.read(_HEAD)), ())
    upload.seek(0)
    suffix = PurePath(name).suffix.lower()
    return (
        name if not suffixes or suffix in suffixes or suffix not in _ALL_IMAGES else Content("", suffixes[0]).name(name)
    )


class _Looked:
    def __init__(self, suffix: str, stream: BinaryIO, size: int, allowed: Collection[str]) -> None:
        self.suffix, self.stream, self.size, self.allowed = suffix, stream, size, allowed
        stream.seek(0)
        self.head = stream.read(_HEAD)
        self.kind = kinds.kind_of_head(self.head)

    def right_suffix(self) -> str:
        """The extension that fits the content. Raises NotAccepted."""
        if self.kind == kinds.PROGRAM:
            raise NotAccepted(Finding.PROGRAM)
        if self.suffix not in self.allowed:
            raise self._something_else()
        if self.suffix in _ALL_IMAGES:
            return self._image()
        if self.suffix == ".pdf":
            self._check_pdf()
        elif self.suffix in (".txt", ".csv"):
            self._check_text()
        else:
            self._check_package()
        return self.suffix

    def _image(self) -> str:
        suffixes = [suffix for suffix in _IMAGE_SUFFIXES.get(self.kind, ()) if suffix in self.allowed]
        if not suffixes:
            raise self._something_else()
        self._check_behind(kinds.hidden_in_image(self.stream))
        return self.suffix if self.suffix in suffixes else suffixes[0]

    def _check_behind(self, hidden: str) -> None:
        if hidden or kinds.hidden_archive(self.stream, self.size):
            raise NotAccepted(Finding.HIDDEN_PROGRAM if hidden == kinds.PROGRAM else Finding.HIDDEN_ARCHIVE)

    def _check_pdf(self) -> None:
        """A damaged one is what people have: readers repair it, if it is nothing else."""
        is_damaged = not self.kind and portable.has_remains(self.stream, self.size)
        if self.kind != kinds.PDF and not is_damaged:
            if not self.kind and portable.is_behind_something(self.stream):
                sentence = _(
                    "A PDF was found in this file, but more than a kilobyte of something else stands before it. "
                    "Open the PDF, save it again, and attach the new file."
                )
                raise NotAccepted(Finding.NOT_ACCEPTED, sentence)
            raise self._something_else()
        self._check_behind(kinds.hidden_in_pdf(self.stream))
        if portable.is_encrypted(self.stream):
            raise NotAccepted(Finding.ENCRYPTED)

    def _check_text(self) -> None:
        if self.kind == kinds.RTF or self.head.startswith(b"%PDF-"):
            raise self._something_else()
        encoding = plain_text.encoding_of(self.stream)
        if kinds.hidden_archive(self.stream, self.size):
            raise NotAccepted(Finding.HIDDEN_ARCHIVE) if not self.kind else self._something_else()
        if self.kind and encoding in ("", plain_text.ONE_BYTE):
            raise self._something_else()
        if not encoding:
            raise self._no_text()
        if plain_text.has_dde(self.stream, encoding):
            raise NotAccepted(Finding.DDE)

    def _no_text(self) -> NotAccepted:
        if kinds.has_program(self.stream):
            return NotAccepted(Finding.HIDDEN_PROGRAM)
        if plain_text.is_binary(self.stream):
            return NotAccepted(Finding.NO_TEXT)
        sentence = _("The characters of this text could not be read. Save it in UTF-8, then attach it again.")
        return NotAccepted(Finding.NO_TEXT, sentence)

    def _check_package(self) -> None:
        if self.kind != kinds.ZIP:
            raise self._something_else() if self.kind else NotAccepted(Finding.BROKEN_OFFICE)
        if self.suffix in _FOLDERS:
            packages.check_office(self.stream, self.size, packages.ANY_FOLDER)
            suffixes = self._office_suffixes()
            if self.suffix not in suffixes:
                raise NotAccepted(Finding.BROKEN_OFFICE, self._named(suffixes[0]))
        elif self.suffix == ".zip":
            packages.check_archive(self.stream, self.size)
        else:
            packages.check_open_document(self.stream, self.size)

    def _something_else(self) -> NotAccepted:
        """The refusal of a file that is not of the kind of its name, or of a kind that is not accepted."""
        if self.kind == kinds.OLE:
            return NotAccepted(compound.finding_in(self.stream))
        if self.kind == kinds.RTF:
            return NotAccepted(Finding.RICH_TEXT)
        if self.kind == kinds.ARCHIVE:
            return NotAccepted(Finding.ARCHIVE)
        if self.kind == kinds.ZIP:
            return self._some_package()
        name = self.kind or kinds.name_of(self.head)
        return NotAccepted(Finding.NOT_ACCEPTED, self._named(name) if name else "")

    def _named(self, kind: str) -> str:
        """The sentence about a kind, or a suffix, that the name of the file does not say."""
        kind = kind.lstrip(".").lower()
        if f".{kind}" in self.allowed:
            sentence = _(
                "This file is of the kind {kind}. Give it a name that ends in “.{ending}”, then attach it again."
            )
            return sentence.format(kind=kind.upper(), ending=kind)
        sentence = _(
            "This kind of file is not accepted: {kind} was found. Attach a PDF, PNG, JPEG, DOCX, XLSX or plain text."
        )
        return sentence.format(kind=kind.upper())

    def _office_suffixes(self) -> list[str]:
        folders = packages.folders_of(self.stream, self.size)
        return [suffix for suffix, folder in _FOLDERS.items() if folder in folders]

    def _some_package(self) -> NotAccepted:
        try:
            packages.check_office(self.stream, self.size, packages.ANY_FOLDER)
        except NotAccepted as refused:
            return NotAccepted(Finding.ARCHIVE) if refused.finding is Finding.BROKEN_OFFICE else refused
        return NotAccepted(Finding.NOT_ACCEPTED, self._named(self._office_suffixes()[0]))
