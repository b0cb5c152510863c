"""Header fields as text: encoded words (RFC 2047), parameters (RFC 2231), and the raw bytes that some programs send."""

import base64
import binascii
import quopri
import re
from collections.abc import Iterator
from email.message import Message

from core.charsets import decode

LONGEST = 4_000  # characters of one field; a mail of a person has none near it
_FOLD = re.compile(r"\r?\n[ \t]*|\r[ \t]*")
# An encoded word, and the space up to the next one, which is no part of the text.
_ENCODED = re.compile(r"=\?([^?\s]{1,80})\?([bBqQ])\?([^?]{0,4000})\?=")
_BETWEEN = re.compile(r"\s*")


def values(message: Message, name: str) -> list[str]:
    """All fields of this name in order, unfolded, bytes read by evidence; encoded words as they are."""
    return [_unfolded(str(value)) for key, value in message.raw_items() if key.lower() == name.lower()]


def value(message: Message, name: str) -> str:
    """The first field of this name; empty where there is none."""
    return next(iter(values(message, name)), "")


def text(raw: str) -> str:
    """A field's text with its encoded words read; what is none, or is broken, stays as it is."""
    return "".join(_pieces(raw[:LONGEST])).strip()


def parameter(message: Message, field: str, name: str) -> str:
    """A parameter of a structured field, in any of the forms that programs write; empty where there is none."""
    probe = Message()
    # The parser of parameters loses raw bytes; those of this value are read already.
    probe[field] = value(message, field)
    try:
        found = probe.get_param(name, "", header=field)
    except (ValueError, LookupError, TypeError, AttributeError):  # it is not proof against everything
        return ""
    if isinstance(found, tuple):
        charset, _language, content = found
        return decode(str(content).encode("latin-1", "replace"), charset or "").strip()
    return text(str(found))


def file_name(part: Message) -> str:
    """The name of an attached file, as its program wrote it; empty where it has none."""
    return parameter(part, "Content-Disposition", "filename") or parameter(part, "Content-Type", "name")


def _unfolded(raw: str) -> str:
    line = _FOLD.sub(" ", raw[:LONGEST])
    return decode(line.encode("utf-8", "surrogateescape"))


def _pieces(raw: str) -> Iterator[str]:
    """Plain text and encoded words in turn; neighbours of one character set are joined as bytes before they are read,
    because programs cut a character in two."""
    at, held, held_charset = 0, b"", ""
    for match in _ENCODED.finditer(raw):
        between, charset = raw[at : match.start()], match[1].partition("*")[0].lower()
        content = _bytes_of(match[2], match[3])
        if content is None:
            continue
        if held and not between.strip() and charset == held_charset:
            held += content
        else:
            yield decode(held, held_charset)
            yield "" if held and not between.strip() else between
            held, held_charset = content, charset
        at = match.end()
    yield decode(held, held_charset)
    yield raw[at:]


def _bytes_of(kind: str, content: str) -> bytes | None:
    data = content.encode("utf-8", "surrogateescape")
    if kind in "qQ":
        return quopri.decodestring(data, header=True)
    try:
        return base64.b64decode(data + b"=" * (-len(data) % 4))
    except (binascii.Error, ValueError):
        return None
