"""Demonstration only: the mails that were sent, so that visitors see what people get."""

import email
import email.policy
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.text import fold
from issues.web.mail_frame import mail_frame

PAGE_SIZE = 25
_MOST_FILES = 2_000
_RULE = b"\n" + b"-" * 79 + b"\n"  # what Django writes after each mail
_EVENT = re.compile(r"\.(\d+)\.\d+@")  # in the Message-ID (issues.mail.compose)


@dataclass(frozen=True)
class SentMail:
    """One mail as it was written to its file."""

    name: str  # file and place in it
    at: datetime | None
    event_id: int
    to: str
    subject: str
    text: str
    html: str


@require_safe
def demo_mail(request: HttpRequest) -> HttpResponse:
    """The list, newest first, searched by recipient or subject."""
    _only_in_demo()
    q = request.GET.get("q", "")[:100].strip()
    found = [mail for mail in _mails() if fold(q) in fold(f"{mail.to} {mail.subject}")]
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "issues/demo_mail/page.html", {"page_obj": page, "q": q})


@require_safe
@mail_frame
def demo_mail_html(request: HttpRequest, name: str) -> HttpResponse:
    """The HTML part alone, for the frame. It may run nothing and load nothing, whatever it contains."""
    _only_in_demo()
    mail = next((mail for mail in _mails() if mail.name == name), None)
    if mail is None:
        raise Http404
    return HttpResponse(mail.html)


def _only_in_demo() -> None:
    if not settings.TN_DEMO:
        raise Http404


def _mails() -> list[SentMail]:
    """The mails of the newest files, newest first; of one second, by their event."""
    files = sorted(Path(settings.EMAIL_FILE_PATH).glob("*.log"), reverse=True)[:_MOST_FILES]
    mails = [mail for path in files for mail in _read(path, path.stat().st_size)]
    return sorted(mails, key=lambda mail: (mail.at or datetime.min.replace(tzinfo=UTC), mail.event_id), reverse=True)


@lru_cache(maxsize=_MOST_FILES)
def _read(path: Path, size: int) -> tuple[SentMail, ...]:
    """The mails of one file. It may still grow within the second in which it was made, so size is part of the key."""
    del size
    parts = path.read_bytes().split(_RULE)
    return tuple(_mail(f"{path.stem}.{n}", part) for n, part in enumerate(parts) if part.strip())


def _mail(name: str, content: bytes) -> SentMail:
    message = email.message_from_bytes(content.lstrip(b"\n"), policy=email.policy.default)
    event = _EVENT.search(str(message["Message-ID"] or ""))
    return SentMail(
        name=name,
        at=_sent_at(message),
        event_id=int(event[1]) if event else 0,
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        text=_part(message, "plain"),
        html=_part(message, "html"),
    )


def _sent_at(message: EmailMessage) -> datetime | None:
    """The time of the header; "-0000" means UTC and comes without a zone."""
    if not message["Date"]:
        return None
    at = parsedate_to_datetime(message["Date"])
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _part(message: EmailMessage, kind: str) -> str:
    body = message.get_body(preferencelist=(kind,))
    return str(body.get_content()) if body is not None else ""
