"""A notification as a mail: in the person's language, as text and HTML, threaded by ticket."""

from email.utils import formataddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from issues.consumers.recipients import Group
from issues.mail.scene import Scene, scene_of
from issues.mail.texts import words_for
from issues.models import Notification

_QUOTE_MAX = 2_000  # characters; the rest is read on the page, where rights are checked again
_SUBJECT_MAX = 150


def compose(row: Notification) -> EmailMultiAlternatives:
    """The mail of a notification (with user, event and ticket). Sends nothing."""
    with translation.override(row.user.language):
        scene = scene_of(row)
        words = words_for(scene)
        context = {
            "words": words,
            "quote": _shortened(words.quote),
            "is_shortened": len(words.quote) > _QUOTE_MAX,
            "title": scene.title,
            "code": scene.code,
            "url": settings.TN_SITE_URL + path_of(scene),
            "settings_url": settings.TN_SITE_URL + reverse("accounts:account"),
            "language": row.user.language,
            "city": settings.TN_CITY,
            "is_demo": settings.TN_DEMO,
        }
        message = EmailMultiAlternatives(
            subject=_one_line(f"[{scene.code}] {words.headline}")[:_SUBJECT_MAX],
            body=render_to_string("mail/event.txt", context),
            to=[formataddr((_one_line(row.user.name), row.user.email))],
            headers=_headers(row, scene),
        )
        message.attach_alternative(render_to_string("mail/event.html", context), "text/html")
    return message


def path_of(scene: Scene) -> str:
    """Where the reader finds it. Whoever joined cannot open the ticket: they have their own, or what is published."""
    if scene.group != Group.PARTY:
        return reverse("issues:ticket", args=[scene.ticket.code])
    if scene.own_ticket is not None:
        return reverse("issues:ticket", args=[scene.own_ticket.code])
    if scene.ticket.is_published:
        return reverse("issues:answer", args=[scene.ticket.code])
    return reverse("issues:transparency")


def _headers(row: Notification, scene: Scene) -> dict[str, str]:
    host = urlsplit(settings.TN_SITE_URL).hostname or "localhost"
    code = scene.code.lower()
    root = f"<{code}@{host}>"
    return {
        "Message-ID": f"<{code}.{row.event_id}.{row.user_id}@{host}>",
        "In-Reply-To": root,
        "References": root,
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Content-Language": row.user.language,
    }


def _shortened(text: str) -> str:
    return text if len(text) <= _QUOTE_MAX else text[:_QUOTE_MAX].rsplit(" ", 1)[0] + " …"


def _one_line(text: str) -> str:
    return " ".join(text.split())
