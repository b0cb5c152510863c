"""A mail as it arrives (RFC 5322), read into what we need of it."""

import email
import email.policy
import hashlib
from dataclasses import dataclass, field
from email.message import EmailMessage, MIMEPart
from email.utils import getaddresses

from core.text import clean
from issues.mail.inbound.plain import text_of_html
from issues.mail.inbound.quotes import own_words

_TO_HEADERS = ("X-Original-To", "Delivered-To", "To", "Cc")
# Parts that programs add and nobody means to send.
_NO_FILES = (
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
    "application/pgp-signature",
    "text/calendar",
)


@dataclass(frozen=True)
class IncomingFile:
    name: str
    content: bytes


@dataclass(frozen=True)
class Incoming:
    """One mail. Addresses are in lower case."""

    identity: str  # 64 hexadecimal digits: the same for the same mail
    senders: tuple[str, ...]
    recipients: tuple[str, ...]
    text: str  # what the sender wrote, without quotations
    files: tuple[IncomingFile, ...] = field(default_factory=tuple)
    is_automatic: bool = False


def read(raw: bytes) -> Incoming:
    """Read a mail, however broken: unreadable parts are skipped."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    return Incoming(
        identity=hashlib.sha256(_header(message, "Message-ID").strip().encode() or raw).hexdigest(),
        senders=_addresses(message, "From"),
        recipients=tuple(dict.fromkeys(a for name in _TO_HEADERS for a in _addresses(message, name))),
        text=own_words(clean(_text(message))),
        files=tuple(_files(message)),
        is_automatic=_is_automatic(message),
    )


def _header(message: EmailMessage, name: str) -> str:
    try:
        return str(message[name] or "")
    except (ValueError, IndexError, LookupError):  # the parser of headers is not proof against everything
        return ""


def _addresses(message: EmailMessage, name: str) -> tuple[str, ...]:
    try:
        values = [str(value) for value in message.get_all(name, [])]
    except (ValueError, IndexError, LookupError):
        return ()
    return tuple(address.lower() for _name, address in getaddresses(values) if "@" in address)


def _text(message: EmailMessage) -> str:
    body = message.get_body(preferencelist=("plain", "html"))
    if body is None:
        return ""
    content = _content(body)
    text = content if isinstance(content, str) else content.decode("utf-8", "replace")
    return text_of_html(text) if body.get_content_type() == "text/html" else text


def _content(part: MIMEPart) -> str | bytes:
    try:
        content = part.get_content()
    except (LookupError, ValueError):  # an unknown charset, a broken encoding
        content = part.get_payload(decode=True)
    return content if isinstance(content, str | bytes) else b""


def _files(message: EmailMessage) -> list[IncomingFile]:
    """Attached files; pictures inside of the text (signatures, logos) are not meant."""
    found = []
    for part in message.iter_attachments():
        inside = part.get_content_disposition() != "attachment" and part.get("Content-ID")
        if inside or part.get_content_type() in _NO_FILES:
            continue
        content = _content(part)
        data = content.encode() if isinstance(content, str) else content
        found.append(IncomingFile(part.get_filename() or "", data))
    return found


def _is_automatic(message: EmailMessage) -> bool:
    """Out-of-office notes and bounces: answering or posting them would start a loop."""
    submitted = _header(message, "Auto-Submitted").strip().lower()
    precedence = _header(message, "Precedence").strip().lower()
    return (
        (bool(submitted) and submitted != "no")
        or precedence in ("bulk", "junk", "list", "auto_reply")
        or bool(_header(message, "X-Autoreply") or _header(message, "X-Autorespond"))
        or _header(message, "Return-Path").strip() == "<>"
        or message.get_content_type() == "multipart/report"
    )
