"""What can be found in a file that is not accepted, each with the sentence for the person who sent it."""

from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Finding(Enum):
    """Why a file is refused: the sentence says what was found, and what to do."""

    PROGRAM = _("This file is a program or a script, whatever its name says. Programs are not accepted.")
    PROGRAM_INSIDE = _(
        "A program or a file of unknown kind is embedded in this document. "
        "Remove it from the document, or save the document as PDF."
    )
    MACROS = _("Macros (programs) were found in this document. Save it without macros, as DOCX, XLSX or PDF.")
    EXCEL4_MACROS = _("Excel 4.0 macros were found in this workbook. Save it without macros, or as PDF.")
    DDE = _(
        "A DDE field, which can start programs, was found in this document. Remove the field, "
        "or save the document as PDF."
    )
    REMOTE = _(
        "This document loads a template or another part from another computer when it is opened. "
        "Remove that link, or save the document as PDF."
    )
    REMOTE_MEDIA = _(
        "This document loads a picture, sound, video or font from another computer (a network share) when it is "
        "opened, which can give away passwords. Put it into the document itself, or save the document as PDF."
    )
    OLE = _(
        "An embedded object (OLE), which can hold programs, was found in this document. "
        "Put a picture in its place, or save the document as PDF."
    )
    ACTIVEX = _("ActiveX controls (programs) were found in this document. Remove them, or save the document as PDF.")
    ARCHIVE_INSIDE = _("An archive is embedded in this document. Remove it, and attach its files one by one.")
    HIDDEN_ARCHIVE = _("An archive is hidden in this file, behind what it shows. Attach the files one by one.")
    HIDDEN_PROGRAM = _("A program is hidden in this file, behind what it shows. Programs are not accepted.")
    ARCHIVE = _("This file is an archive. Unpack it, and attach its files one by one.")
    ENCRYPTED = _(
        "This document is encrypted or protected by a password: nobody can look into it. "
        "Save it without a password, then attach it again."
    )
    BOMB = _("This document unpacks to far more than it holds. Save it as PDF, or split it into smaller ones.")
    TOO_MANY_PARTS = _("This document consists of too many parts. Save it as PDF, or split it into smaller ones.")
    BROKEN_OFFICE = _(
        "This file could not be read as the document that its name says. "
        "Open it in the program that it was made with, save it again, and attach the new file."
    )
    OLD_OFFICE = _("This document is in an old format of Office (DOC, XLS, PPT). Save it as DOCX, XLSX or PDF.")
    RICH_TEXT = _("This document is in the format RTF. Save it as DOCX or PDF.")
    NO_TEXT = _(
        "This file is named as a text, but bytes that no text has (zeros, control characters) were found in it. "
        "Attach it under its own name."
    )
    NOT_ACCEPTED = _("This kind of file is not accepted. Attach a PDF, PNG, JPEG, DOCX, XLSX or plain text.")


class NotAccepted(Exception):
    """A file that is refused. `finding` says why; the text is a sentence for the person, in their language."""

    def __init__(self, finding: Finding, sentence: str | Promise = "") -> None:
        super().__init__(finding.name)
        self.finding = finding
        self._sentence = sentence or finding.value

    @property
    def sentence(self) -> str:
        """In the language that is active now."""
        return str(self._sentence)
