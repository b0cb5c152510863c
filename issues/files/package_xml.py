"""What the XML in an Office document says that the document does: fields, formulas, links, kinds of parts.

Read as a stream, so that a part of many megabytes takes little memory. XML that is not well-formed is read as far as it
goes: no program would open more of it.
"""

import re
from collections.abc import Iterable
from typing import Any
from xml.parsers import expat

from issues.files.findings import Finding, NotAccepted
from issues.files.targets import is_elsewhere, is_on_a_share, is_own_document

_LONGEST = 40_000  # characters of a formula; those of Excel are shorter
_LONGEST_FIELD = 1_000  # what starts a program stands at the beginning
# DDE fields of Word: at the start of a field's instruction.
_DDE_FIELD = re.compile(r'[\s"\\]{0,8}DDE(?:AUTO)?\b', re.IGNORECASE)
_DDE_FUNCTION = re.compile(r"\bDDE\s?\(", re.IGNORECASE)
_QUOTE = re.compile(r"\s{0,8}QUOTE((?:\s{1,8}\d{1,7}){1,500})\s{0,8}$", re.IGNORECASE)
# Strings, quoted names of sheets and names of columns ("Giá[VND|m²]"); the bar that is left outside of them separates
# program and topic of DDE.
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'|\[[^\[\]]*\]")
_EXCEL4 = re.compile(r"\b(?:EXEC|CALL|REGISTER|FORMULA\.FILL|GET\.[A-Z]+|SET\.[A-Z]+|RUN|HALT|FOPEN|FWRITE)\s?\(", re.I)
_AUTOMATIC = re.compile(r"(?:_xlnm\.)?auto_(?:open|close|activate|deactivate)", re.IGNORECASE)
_CONTENT_TYPES = (
    (re.compile(r"macrosheet", re.I), Finding.EXCEL4_MACROS),
    (re.compile(r"vbaproject|vbadata|macroenabled|attachedtoolbars", re.I), Finding.MACROS),
    (re.compile(r"activex", re.I), Finding.ACTIVEX),
    (re.compile(r"oleobject", re.I), Finding.OLE),
)
_RELATIONS = {
    "vbaproject": Finding.MACROS,
    "vbaprojectsignature": Finding.MACROS,
    "wordvbadata": Finding.MACROS,
    "attachedtoolbars": Finding.MACROS,
    "xlmacrosheet": Finding.EXCEL4_MACROS,
    "xlintlmacrosheet": Finding.EXCEL4_MACROS,
    "activexcontrolbinary": Finding.ACTIVEX,
    "control": Finding.ACTIVEX,
    "oleobject": Finding.OLE,
}
# Links that wait for a click, and tables that Excel asks about before it reads them.
_MAY_BE_ELSEWHERE = {"hyperlink", "externallink", "externallinkpath", "externallinklongpath"}
# May lie on the web: pictures do in what was copied from a page. On a share of the network they may not.
_MEDIA = {"image", "video", "audio", "media", "font"}
# Fields of Word that read a file when they are updated; the first two read pictures.
_READING_FIELD = re.compile(r"\s*(?:(INCLUDEPICTURE|IMPORT)|INCLUDETEXT|INCLUDE|LINK|RD)\s+(.+)", re.I | re.S)
_ARGUMENT = re.compile(r'"([^"]*)"?|(\S+)')
_ELEMENTS = {
    "macrosheet": Finding.EXCEL4_MACROS,
    "ddeLink": Finding.DDE,
    "oleLink": Finding.OLE,
    "ocx": Finding.ACTIVEX,
    # The same in OpenDocument.
    "dde-source": Finding.DDE,
    "dde-connection": Finding.DDE,
    "dde-connection-decl": Finding.DDE,
    "dde-link": Finding.DDE,
    "event-listener": Finding.MACROS,
    "object-ole": Finding.OLE,
}

# Elements whose text is read: instructions of fields, formulas of cells, of names and of rules.
_TEXTS = {"instrText", "f", "definedName", "formula", "formula1", "formula2", "calculatedColumnFormula"}


def check_xml(pieces: Iterable[bytes], encoding: str | None = None) -> None:
    """Read one part of a document, in `encoding` instead of what it declares. Raises NotAccepted."""
    reader = _Reader(encoding)
    try:
        for piece in pieces:
            reader.parser.Parse(piece, False)
        reader.parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError):  # broken, or in an encoding that is none
        return


class _Reader:
    def __init__(self, encoding: str | None) -> None:
        self.parser = expat.ParserCreate(encoding)
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EntityDeclHandler = self._entity
        self._text: list[str] = []
        self._length = 0
        self._collects = ""
        self._fields: list[str] = []  # instructions of the fields that are open, the innermost last

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local in _ELEMENTS:
            raise NotAccepted(_ELEMENTS[local])
        if local in _TEXTS:
            self._collect(local)
        if local in _HANDLERS:
            _HANDLERS[local](self, {key.rpartition(":")[2]: value for key, value in attributes.items()})

    def _entity(self, *_declared: Any) -> None:
        """Office never declares entities; those who do want to hide a text, or to fill the memory."""
        raise NotAccepted(Finding.BROKEN_OFFICE)

    def _collect(self, element: str) -> None:
        self._collects, self._text, self._length = element, [], 0
        self.parser.CharacterDataHandler = self._characters
        self.parser.EndElementHandler = self._end

    def _characters(self, text: str) -> None:
        self._length += len(text)
        if self._length <= _LONGEST:
            self._text.append(text)

    def _end(self, name: str) -> None:
        if name.rpartition(":")[2] != self._collects:
            return
        self.parser.CharacterDataHandler = self.parser.EndElementHandler = None
        text = "".join(self._text)
        if self._collects == "instrText":
            self._instruct(text)
        else:
            _check_formula(text, is_name=self._collects == "definedName")

    def _name(self, attributes: dict[str, str]) -> None:
        if _AUTOMATIC.match(attributes.get("name", "")):
            raise NotAccepted(Finding.EXCEL4_MACROS)

    def _simple_field(self, attributes: dict[str, str]) -> None:
        _check_field(attributes.get("instr", ""))
        _check_sources(attributes.get("instr", ""))

    def _field_mark(self, attributes: dict[str, str]) -> None:
        """Fields stand in each other, and each instruction may be cut into many pieces."""
        mark = attributes.get("fldCharType", "").lower()
        if mark == "begin" and len(self._fields) < 100:
            self._fields.append("")
        elif mark == "separate" and self._fields:
            _check_sources(self._fields[-1])
        elif mark == "end" and self._fields:
            inner = self._fields.pop()
            _check_sources(inner)
            quoted = _QUOTE.match(inner)
            if quoted and self._fields:  # a text that is spelt by its numbers
                self._instruct("".join(chr(int(n)) for n in quoted[1].split() if int(n) < 0x110000))

    def _instruct(self, text: str) -> None:
        if not self._fields:
            self._fields.append("")
        if len(self._fields[-1]) < _LONGEST_FIELD:
            self._fields[-1] += text[:_LONGEST_FIELD]
            _check_field(self._fields[-1])

    def _cell(self, attributes: dict[str, str]) -> None:
        """A cell of OpenDocument."""
        if _DDE_FUNCTION.search(_QUOTED.sub("", attributes.get("formula", ""))):
            raise NotAccepted(Finding.DDE)

    def _relation(self, attributes: dict[str, str]) -> None:
        kind = attributes.get("Type", "").rpartition("/")[2].lower()
        target = attributes.get("Target", "")
        is_external = attributes.get("TargetMode", "").lower() == "external"
        if kind in _RELATIONS and not (kind == "oleobject" and is_external and is_own_document(target)):
            raise NotAccepted(_RELATIONS[kind])
        if kind in _MEDIA:
            _check_picture(target)
        elif kind not in _MAY_BE_ELSEWHERE and is_elsewhere(target):
            raise NotAccepted(Finding.REMOTE)

    def _picture(self, attributes: dict[str, str]) -> None:
        """A picture of VML, SVG or OpenDocument, which names its file itself."""
        for key in ("src", "href"):
            _check_picture(attributes.get(key, ""))

    def _part(self, attributes: dict[str, str]) -> None:
        for pattern, finding in _CONTENT_TYPES:
            if pattern.search(attributes.get("ContentType", "")):
                raise NotAccepted(finding)


_HANDLERS = {
    "table-cell": _Reader._cell,
    "definedName": _Reader._name,
    "fldSimple": _Reader._simple_field,
    "fldChar": _Reader._field_mark,
    "Relationship": _Reader._relation,
    "imagedata": _Reader._picture,
    "fill": _Reader._picture,
    "image": _Reader._picture,
    "Override": _Reader._part,
    "Default": _Reader._part,
}


def _check_field(instruction: str) -> None:
    if _DDE_FIELD.match(instruction):
        raise NotAccepted(Finding.DDE)


def _check_sources(instruction: str) -> None:
    """What a whole field reads. A backslash is written as two in it."""
    field = _READING_FIELD.match(instruction)
    if not field:
        return
    for quoted, plain in _ARGUMENT.findall(field[2]):
        source = quoted or plain
        if field[1]:
            _check_picture(source)
        elif is_elsewhere(source) and re.search(r"[/\\]", source):  # cells have colons too: R1C1:R9C9
            raise NotAccepted(Finding.REMOTE)


def _check_picture(target: str) -> None:
    if is_on_a_share(target):
        raise NotAccepted(Finding.REMOTE_MEDIA)


def _check_formula(formula: str, *, is_name: bool) -> None:
    plain = _QUOTED.sub("", formula)
    if "|" in plain or _DDE_FUNCTION.search(plain):  # the second as LibreOffice reads it
        raise NotAccepted(Finding.DDE)
    if is_name and _EXCEL4.search(plain):
        raise NotAccepted(Finding.EXCEL4_MACROS)
