"""Demonstration only: the mails that were sent, so that whoever tries the product sees what people get."""

import email
import email.policy
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from core.text import fold

PAGE_SIZE = 25
_MOST_FILES = 2_000


@dataclass(frozen=True)
class SentMail:
    """One mail as it was written to its file."""

    name: str  # of the file, without its suffix
    at: datetime | None
    to: str
    subject: str
    text: str
    html: str


@require_safe
def demo_mail(request: HttpRequest) -> HttpResponse:
    """The list, newest first, searched by recipient or subject."""
    _only_in_demo()
    wanted = fold(request.GET.get("q", "")[:100].strip())
    found = [mail for mail in map(_read, _files()) if wanted in fold(f"{mail.to} {mail.subject}")]
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "issues/demo_mail/page.html", {"page_obj": page, "q": request.GET.get("q", "")[:100]})


@require_safe
@xframe_options_sameorigin
def demo_mail_html(request: HttpRequest, name: str) -> HttpResponse:
    """The HTML part alone, for the frame. It may run nothing and load nothing, whatever stands in it."""
    _only_in_demo()
    path = next((path for path in _files() if path.stem == name), None)
    if path is None:
        raise Http404
    response = HttpResponse(_read(path).html)
    response._csp_replace = {  # type: ignore[attr-defined] - read by django-csp
        "default-src": ["'none'"],
        "style-src": ["'unsafe-inline'"],
        "style-src-attr": ["'unsafe-inline'"],
        "script-src": ["'none'"],
        "frame-ancestors": ["'self'"],
        "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox", "allow-top-navigation-by-user-activation"],
    }
    return response


def _only_in_demo() -> None:
    if not settings.TN_DEMO:
        raise Http404


def _files() -> list[Path]:
    """The newest files first: their names begin with the time."""
    folder = Path(settings.TN_VAR_DIR) / "mail"
    return sorted(folder.glob("*.log"), reverse=True)[:_MOST_FILES]


@lru_cache(maxsize=_MOST_FILES)
def _read(path: Path) -> SentMail:
    """A file never changes once it is written."""
    text = path.read_bytes().partition(b"\n" + b"-" * 79)[0]
    message = email.message_from_bytes(text, policy=email.policy.default)
    return SentMail(
        name=path.stem,
        at=parsedate_to_datetime(message["Date"]) if message["Date"] else None,
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        text=_part(message, "plain"),
        html=_part(message, "html"),
    )


def _part(message: EmailMessage, kind: str) -> str:
    body = message.get_body(preferencelist=(kind,))
    return str(body.get_content()) if body is not None else ""
