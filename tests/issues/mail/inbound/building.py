"""Mails built byte by byte: what programs send is often not what libraries would write."""

import base64

PNG = base64.b64decode(
    b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def part(content: bytes | str, kind: str = "text/plain; charset=utf-8", *fields: str) -> bytes:
    """A leaf, in base64; each of `fields` is a whole header field."""
    data = content.encode() if isinstance(content, str) else content
    head = "\r\n".join([f"Content-Type: {kind}", *fields, "Content-Transfer-Encoding: base64"])
    return head.encode() + b"\r\n\r\n" + base64.encodebytes(data)


def attached(content: bytes, name: str, kind: str = "application/octet-stream") -> bytes:
    """A file, attached on purpose."""
    return part(content, kind, f'Content-Disposition: attachment; filename="{name}"')


def shown(content: bytes, name: str, kind: str = "image/png") -> bytes:
    """A file that the text shows."""
    named = f'; filename="{name}"' if name else ""
    return part(content, kind, f"Content-Disposition: inline{named}", "Content-ID: <a@sender.vn>")


def several(subtype: str, *parts: bytes, more: str = "") -> bytes:
    """A container of these parts."""
    edge = f"=_{subtype}_{len(b''.join(parts))}_{len(parts)}"
    inside = b"".join(b"--" + edge.encode() + b"\r\n" + one + b"\r\n" for one in parts)
    head = f'Content-Type: multipart/{subtype}; boundary="{edge}"{more}\r\n\r\n'
    return head.encode() + inside + b"--" + edge.encode() + b"--\r\n"


def mail(body: bytes, *fields: str, **named: str) -> bytes:
    """A whole mail around a body; by default with a sender and a subject."""
    given = {"From": "A <a@x.vn>", "Subject": "Re: x", "Message-ID": "<1@x.vn>"}
    given |= {name.replace("_", "-"): value for name, value in named.items()}
    lines = [f"{name}: {value}" for name, value in given.items() if value] + list(fields) + ["MIME-Version: 1.0"]
    return "\r\n".join(lines).encode() + b"\r\n" + body
