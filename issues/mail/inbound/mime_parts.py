"""The tree of a mail (RFC 2045, 2046), walked whole: its texts in order, its files, and what is left out and why.

Only the kind of a part decides what becomes of it, never where in the tree it stands.
"""

import hashlib
import mimetypes
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import Message
from pathlib import PurePath

from core.charsets import UNREADABLE, decode
from issues.mail.inbound import headers, opaque, tnef
from issues.mail.inbound.left_out import LeftOut, Reason
from issues.mail.inbound.plain import text_of_html

_DEEPEST = 30
_MOST_PARTS = 300
_SMALL_IMAGE = 5_000  # bytes
_HTML = ("text/html", "text/enriched", "text/richtext")
# What programs add, by content type or by the end of the name: content types are often wrong.
_ADDED_TYPES = {
    "application/pkcs7-signature": Reason.SIGNATURE,
    "application/x-pkcs7-signature": Reason.SIGNATURE,
    "application/pgp-signature": Reason.SIGNATURE,
    "application/pgp-keys": Reason.KEY,
    "application/pgp-encrypted": Reason.ENCRYPTED,
    "application/applefile": Reason.PROGRAM,
    "application/ics": Reason.CALENDAR,
    "text/calendar": Reason.CALENDAR,
    "text/x-vcalendar": Reason.CALENDAR,
    "text/vcard": Reason.CARD,
    "text/x-vcard": Reason.CARD,
    "text/directory": Reason.CARD,
    "text/rfc822-headers": Reason.REPORT,
}
_ADDED_NAMES = {
    ".p7s": Reason.SIGNATURE,
    ".sig": Reason.SIGNATURE,
    ".asc": Reason.KEY,
    ".ics": Reason.CALENDAR,
    ".vcs": Reason.CALENDAR,
    ".vcf": Reason.CARD,
    ".eml": Reason.MAIL,
    ".msg": Reason.MAIL,
}
_OPAQUE = ("application/pkcs7-mime", "application/x-pkcs7-mime")
# Exchange and Apple Mail call the text behind an attached file so.
_ATTACHED_TEXT = re.compile(r"ATT\d{3,8}\.(txt|html?)", re.IGNORECASE)
_ANSWERED = re.compile(rb"^METHOD:\s*(REPLY|COUNTER|REFRESH|DECLINECOUNTER)\s*$", re.IGNORECASE | re.MULTILINE)
_CIPHERTEXT = "-----BEGIN PGP MESSAGE-----"
_SIGNED = "-----BEGIN PGP SIGNED MESSAGE-----"
_SIGNATURE, _SIGNATURE_END = "-----BEGIN PGP SIGNATURE-----", "-----END PGP SIGNATURE-----"


@dataclass(frozen=True)
class IncomingFile:
    name: str
    content: bytes
    is_inline: bool = False  # shown inside of the text: perhaps the logo of a signature


@dataclass
class Parts:
    """What a mail holds."""

    texts: list[str] = field(default_factory=list)
    files: list[IncomingFile] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    spare: str = ""  # of a package of Outlook: the text where the mail has no other
    damaged: list[bytes] = field(default_factory=list)  # texts of which a character could not be read, as they came
    answers_invitation: bool = False

    def add(self, other: "Parts", *, texts: bool = True) -> None:
        self.texts += other.texts if texts else []
        self.damaged += other.damaged if texts else []
        self.spare = self.spare or other.spare
        self.files += other.files
        self.left_out += other.left_out
        self.answers_invitation |= other.answers_invitation


def parts_of(raw: bytes, *, our_host: str = "") -> Parts:
    """Read a whole mail. Images whose Content-ID is of `our_host` are those of our own mails.

    Raises RecursionError, or any error of the standard library's parser, for a mail that nobody can read.
    """
    walk = _Walk(our_host)
    return _each_once(walk.of(message_from_bytes(raw, policy=policy.compat32), 0))


def _each_once(parts: Parts) -> Parts:
    """A file that both versions of a text carry is one file."""
    seen: dict[tuple[str, bytes], IncomingFile] = {}
    for file in parts.files:
        seen.setdefault((file.name, hashlib.sha256(file.content).digest()), file)
    parts.files = list(seen.values())
    return parts


class _Walk:
    def __init__(self, our_host: str) -> None:
        self._our_host = our_host.lower()
        self._left = _MOST_PARTS

    def of(self, part: Message, depth: int) -> Parts:
        self._left -= 1
        if depth > _DEEPEST or self._left < 0:
            return _only(part, Reason.DEEP)
        kind, name = part.get_content_type(), headers.file_name(part)
        if kind == "message/rfc822" or kind == "message/global":
            return _only(part, Reason.MAIL, name or _subject_inside(part))
        if kind.startswith("message/"):
            return _only(part, Reason.REPORT)
        if kind == "multipart/encrypted":
            return _only(part, Reason.ENCRYPTED)
        if part.is_multipart():
            return self._container(part, kind, depth)
        if kind.startswith("multipart/"):  # without a boundary, or damaged
            return _only(part, Reason.DAMAGED)
        return self._leaf(part, kind, name, depth)

    def _container(self, part: Message, kind: str, depth: int) -> Parts:
        children = [self.of(child, depth + 1) for child in part.get_payload() if isinstance(child, Message)]
        if kind != "multipart/alternative":
            return _together(children)
        # Versions of one text, the plainest first. The words of one are read, the files of all are kept.
        chosen = next((one for one in children if any(text.strip() for text in one.texts)), None)
        found = Parts()
        for one in children:
            found.add(one, texts=one is chosen)
        return found

    def _leaf(self, part: Message, kind: str, name: str, depth: int) -> Parts:
        suffix = PurePath(name).suffix.lower()
        data = _content(part)
        if kind in _OPAQUE or suffix == ".p7m":
            return self._opaque(part, data, depth)
        if kind == "application/ms-tnef" or name.lower() == "winmail.dat":
            return _outlook(part, data)
        reason = _ADDED_TYPES.get(kind) or _ADDED_NAMES.get(suffix)
        if reason is None and name.startswith("._"):
            reason = Reason.PROGRAM
        if reason is not None:
            found = _only(part, reason, name)
            found.answers_invitation = reason == Reason.CALENDAR and bool(_ANSWERED.search(data.replace(b"\r", b"")))
            return found
        is_shown = kind in _HTML and part.get_content_disposition() != "attachment"
        if kind.startswith("text/") and (not name or is_shown or _ATTACHED_TEXT.fullmatch(name)):
            return _text(part, kind, data)
        return self._file(part, kind, name, data)

    def _file(self, part: Message, kind: str, name: str, data: bytes) -> Parts:
        is_image = kind.startswith("image/")
        is_attached = part.get_content_disposition() == "attachment"
        content_id = headers.value(part, "Content-ID").strip().strip("<>").lower()
        if is_image and self._our_host and content_id.endswith("@" + self._our_host):
            return _only(part, Reason.OUR_IMAGE, name)
        if is_image and not name and len(data) < _SMALL_IMAGE:
            return _only(part, Reason.SMALL_IMAGE)
        if not name and not is_image and not is_attached:
            return _only(part, Reason.PROGRAM)
        if not PurePath(name).suffix:
            name = (name or kind.partition("/")[0]) + (mimetypes.guess_extension(kind) or "")
        return Parts(files=[IncomingFile(name, data, is_inline=not is_attached and (is_image or bool(content_id)))])

    def _opaque(self, part: Message, data: bytes, depth: int) -> Parts:
        kind, inside = opaque.unwrap(data)
        if kind == opaque.ENCRYPTED:
            return _only(part, Reason.ENCRYPTED)
        if kind == opaque.OTHER:
            return _only(part, Reason.DAMAGED)
        signed = PurePath(PurePath(headers.file_name(part)).stem)
        if signed.suffix:  # "Hợp đồng.pdf.p7m": a signed file, no message
            return Parts(files=[IncomingFile(signed.name, inside)])
        return self.of(message_from_bytes(inside, policy=policy.compat32), depth + 1)


def _together(several: Iterable[Parts]) -> Parts:
    found = Parts()
    for one in several:
        found.add(one)
    return found


def _only(part: Message, reason: Reason, name: str = "") -> Parts:
    return Parts(left_out=[LeftOut((name or headers.file_name(part) or part.get_content_type())[:200], reason)])


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _text(part: Message, kind: str, data: bytes) -> Parts:
    declared, is_html = headers.parameter(part, "Content-Type", "charset"), kind in _HTML
    text = decode(data, declared, html=is_html)
    if text.lstrip().startswith(_CIPHERTEXT):
        return _only(part, Reason.ENCRYPTED)
    damaged = [data] if UNREADABLE in text else []
    return Parts(texts=[text_of_html(text) if is_html else _unsigned(text)], damaged=damaged)


def _unsigned(text: str) -> str:
    """Without the marks of an OpenPGP signature in the text itself (RFC 9580, 7): its head, its escapes, its block."""
    if _SIGNED not in text:
        return text
    kept: list[str] = []
    place = "outside"
    for line in text.splitlines():
        mark = line.rstrip()
        if place == "outside" and mark == _SIGNED:
            place = "head"
        elif place == "head" and not mark:
            place = "inside"
        elif place == "inside" and mark == _SIGNATURE:
            place = "block"
        elif place == "block" and mark == _SIGNATURE_END:
            place = "outside"
        elif place in ("outside", "inside"):
            kept.append(line.removeprefix("- ") if place == "inside" else line)
    return "\n".join(kept)


def _outlook(part: Message, data: bytes) -> Parts:
    """The files of a winmail.dat; its text is in the mail too, or stands here alone."""
    try:
        package = tnef.unpack(data)
    except tnef.Damaged:
        return _only(part, Reason.DAMAGED)
    return Parts(
        spare=package.text or text_of_html(package.html),
        files=[IncomingFile(one.name or "file", one.content) for one in package.files if one.content],
        left_out=[LeftOut(one.name or "winmail.dat", Reason.MAIL) for one in package.files if not one.content],
    )


def _subject_inside(part: Message) -> str:
    inside = part.get_payload()
    first = inside[0] if isinstance(inside, list) and inside else None
    return headers.text(headers.value(first, "Subject")) if isinstance(first, Message) else ""
