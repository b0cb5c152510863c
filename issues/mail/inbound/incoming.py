"""A mail as it arrives (RFC 5322): its head is read at once, its body only when somebody asks for it.

So the one who receives it can look at size, recipient and sender first, and no stranger makes us walk through a body.
"""

import hashlib
import quopri
import re
from dataclasses import dataclass, field
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from email.utils import getaddresses
from functools import cached_property
from urllib.parse import urlsplit

from django.conf import settings

from core.charsets import UNREADABLE
from core.text import clean
from issues.mail.inbound import headers
from issues.mail.inbound.automatic import Author, Judgement, judge_head, judge_words
from issues.mail.inbound.left_out import LeftOut
from issues.mail.inbound.mime_parts import IncomingFile, parts_of
from issues.mail.inbound.quotes import Words, split
from issues.mail.inbound.sender import Sender, sender_of

_TO_HEADERS = ("X-Original-To", "Delivered-To", "To", "Cc")
_SAME = ("Message-ID", "From", "Date", "Subject", "Content-Type")  # of the same mail, handed over twice
_HEAD = re.compile(rb"\r?\n\r?\n")
_LONGEST_HEAD = 256 * 1024  # bytes; RFC 5322 sets no limit, mail servers take 100 to 200 kB


class Unreadable(Exception):
    """A body that the parser cannot walk through."""


@dataclass(frozen=True)
class Body:
    """What the sender wrote and sent."""

    text: str = ""  # without quotations
    cut: str = ""  # the rest of the text: quotations, signature
    files: tuple[IncomingFile, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    original: bytes = b""  # where a character could not be read: the text as it came, as readable ASCII
    author: Judgement = field(default_factory=Judgement)


class Incoming:
    """One mail. Addresses are in lower case."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.size = len(raw)
        self._head = _head_of(raw)
        self.sender: Sender = sender_of(self._head)
        self.recipients = tuple(dict.fromkeys(a for name in _TO_HEADERS for a in _addresses(self._head, name)))
        self.subject = clean(headers.text(headers.value(self._head, "Subject"))[:300])

    @cached_property
    def identity(self) -> str:
        """64 hexadecimal digits: the same for the same mail, by its identification and its content together.

        Servers add fields and change line ends on the way; programs give one Message-ID to different mails.
        """
        digest = hashlib.sha256()
        for name in _SAME:
            digest.update(headers.value(self._head, name).strip().encode("utf-8", "replace") + b"\n")
        content = _HEAD.split(self.raw, maxsplit=1)[1:]
        digest.update(b"".join(content).replace(b"\r\n", b"\n").strip())
        return digest.hexdigest()

    @cached_property
    def head_author(self) -> Judgement:
        """Whether a person wrote it, as far as the head alone shows."""
        return judge_head(self._head, self.subject)

    @cached_property
    def body(self) -> Body:
        """Read whole, whatever the nesting. Raises Unreadable."""
        try:
            parts = parts_of(self.raw, our_host=urlsplit(settings.TN_SITE_URL).hostname or "")
        except Exception as error:  # the parser of the standard library is not proof against every broken mail
            raise Unreadable from error
        words = _words(parts.texts or [parts.spare])
        return Body(
            text=words.own,
            cut=words.cut,
            files=tuple(parts.files),
            left_out=tuple(parts.left_out),
            original=_as_ascii(parts.damaged) if UNREADABLE in words.own else b"",
            author=judge_words(self.head_author, words.own, answers_invitation=parts.answers_invitation),
        )

    @property
    def text(self) -> str:
        return self.body.text

    @property
    def files(self) -> tuple[IncomingFile, ...]:
        return self.body.files

    @property
    def is_automatic(self) -> bool:
        """Whether a program wrote it for certain."""
        return self.head_author.author == Author.MACHINE


def read(raw: bytes) -> Incoming:
    """Read a mail's head, however broken."""
    return Incoming(raw)


def largest_mail() -> int:
    """Bytes. Files grow by a third in a mail."""
    return settings.MAX_UPLOAD_BYTES * 2


def _head_of(raw: bytes) -> Message:
    start = raw[:_LONGEST_HEAD]
    end = _HEAD.search(start)
    return BytesParser(policy=compat32).parsebytes(start[: end.end()] if end else start, headersonly=True)


def _addresses(head: Message, name: str) -> tuple[str, ...]:
    try:
        found = getaddresses(headers.values(head, name))
    except (ValueError, IndexError, LookupError, RecursionError):
        return ()
    return tuple(address.lower() for _name, address in found if "@" in address)


def _words(texts: list[str]) -> Words:
    """Each text by itself: a quotation in the first one says nothing about the one behind the picture."""
    told_apart = [split(clean(text)) for text in texts]
    own, cut = ("\n".join(filter(None, part)) for part in zip(*told_apart, strict=True))
    return Words(own, cut)


def _as_ascii(originals: list[bytes]) -> bytes:
    """Quoted-printable (RFC 2045, 6.7): every byte can be recovered, and the letters without marks can be read."""
    return b"\n\n".join(quopri.encodestring(original) for original in originals)
