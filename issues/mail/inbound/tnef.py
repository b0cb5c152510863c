"""What Outlook packs into winmail.dat (MS-OXTNEF): the attached files, and the text where the mail has no other.

One pass over the bytes; every length is checked against what is left, and what is damaged ends the reading.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from core.charsets import decode

_SIGNATURE = b"\x78\x9f\x3e\x22"
_HEAD = struct.Struct("<BHHI")  # level, name, type, length; the data and two bytes of checksum follow
_RENDERING, _TITLE, _DATA, _ATTACHMENT = 0x9002, 0x8010, 0x800F, 0x9005
_BODY, _PROPERTIES = 0x800C, 0x9003
# Properties of MAPI (MS-OXPROPS).
_LONG_NAME, _SHORT_NAME, _PLAIN, _HTML = 0x3707, 0x3704, 0x1000, 0x1013
_STRING, _UNICODE, _BINARY, _OBJECT = 0x1E, 0x1F, 0x102, 0x0D
_FIXED = {2: 4, 3: 4, 4: 4, 0x0A: 4, 0x0B: 4, 5: 8, 6: 8, 7: 8, 0x14: 8, 0x40: 8, 0x48: 16}  # bytes, padded
_NAMED_FROM = 0x8000
_MOST_FILES = 100


class Damaged(Exception):
    """No such package, or one that ends too early."""


@dataclass
class PackedFile:
    name: str = ""
    content: bytes = b""


@dataclass
class Package:
    text: str = ""
    html: str = ""
    files: list[PackedFile] = field(default_factory=list)


def unpack(data: bytes) -> Package:
    """Raises Damaged."""
    if not data.startswith(_SIGNATURE):
        raise Damaged
    package = Package()
    for name, content in _attributes(memoryview(data)):
        if name == _RENDERING:
            if len(package.files) == _MOST_FILES:
                raise Damaged
            package.files.append(PackedFile())
        elif name == _BODY:
            package.text = package.text or _text(content)
        elif name == _PROPERTIES:
            _read_message(package, content)
        elif package.files:
            _read_file(package.files[-1], name, content)
    return package


def _attributes(data: memoryview) -> Iterator[tuple[int, bytes]]:
    at = 6  # after signature and key
    while at + _HEAD.size + 2 <= len(data):
        _level, name, _type, length = _HEAD.unpack_from(data, at)
        at += _HEAD.size
        if at + length > len(data):
            raise Damaged
        yield name, bytes(data[at : at + length])
        at += length + 2
    if bytes(data[at:]).strip(b"\0"):
        raise Damaged  # cut off inside of an attribute's head


def _read_message(package: Package, content: bytes) -> None:
    for name, kind, value in _properties(content):
        if name == _PLAIN:
            package.text = _text(value, wide=kind == _UNICODE)
        elif name == _HTML:
            package.html = decode(value, html=True)


def _read_file(file: PackedFile, name: int, content: bytes) -> None:
    if name == _TITLE:
        file.name = file.name or _text(content)
    elif name == _DATA:
        file.content = content
    elif name == _ATTACHMENT:
        names = {
            one: _text(value, wide=kind == _UNICODE)
            for one, kind, value in _properties(content)
            if one in (_LONG_NAME, _SHORT_NAME)
        }
        file.name = names.get(_LONG_NAME) or file.name or names.get(_SHORT_NAME, "")


def _properties(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Id, type and value of each property, up to the first one of a type that is not needed here."""
    try:
        (count,) = struct.unpack_from("<I", data)
        at = 4
        for _number in range(min(count, len(data) // 4)):
            kind, name = struct.unpack_from("<HH", data, at)
            at = _after_name(data, at + 4) if name >= _NAMED_FROM else at + 4
            if kind in _FIXED:
                at += _FIXED[kind]
                continue
            if kind not in (_STRING, _UNICODE, _BINARY, _OBJECT):
                return
            values, length = struct.unpack_from("<II", data, at)
            at += 8
            if values != 1 or at + length > len(data):
                return
            yield name, kind, data[at : at + length]
            at += length + -length % 4
    except struct.error:
        return


def _after_name(data: bytes, at: int) -> int:
    """Where the value of a named property begins: behind its GUID and its number or name."""
    kind, length = struct.unpack_from("<II", data, at + 16)
    return at + 24 + (length + -length % 4 if kind else 0)


def _text(content: bytes, *, wide: bool = False) -> str:
    text = content.decode("utf-16-le", "replace") if wide else decode(content)
    return text.rstrip("\0")
