"""A notification as a mail: in the person's language, as text and HTML, threaded by ticket."""

from email.utils import formataddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from issues.mail.rating_tokens import RatingLink, RatingToken, rating_links
from issues.mail.reopening_token import ReopeningToken
from issues.mail.reply_address import ReplyAddress
from issues.mail.scene import Background
from issues.mail.stop_token import STOPPABLE, StopToken
from issues.mail.subject import Subject, subject_of
from issues.models import About, Notification
from issues.notifications.about import is_always_mailed
from issues.notifications.recipients import Group

_QUOTE_MAX = 2_000  # characters; the rest is read on the page, where rights are checked again
_SUBJECT_MAX = 150
_REOPENED = ("ticket.resolved", "ticket.disputed")
_ANSWERED_BY_AGENCIES = ("message.posted", "ticket.info_provided", "mail.noted")


def compose(
    row: Notification, background: Background | None = None, *, personal: bool = True
) -> EmailMultiAlternatives:
    """The mail of a notification (with user, event and ticket). Sends nothing.

    Not `personal`: for another reader, without links that let their holder act as the person.
    """
    with translation.override(row.user.language):
        subject = subject_of(row, background)
        words = subject.words
        context = {
            "words": words,
            "quote": _shortened(words.quote),
            "is_shortened": len(words.quote) > _QUOTE_MAX,
            "title": subject.title,
            "code": subject.code,
            "url": settings.TN_SITE_URL + subject.path,
            "why": why(row),
            "takes_replies": personal and bool(reply_address_of(row)),
            "ratings": ratings_of(row) if personal else [],
            "reopening": reopening_of(row) if personal else "",
            **frame(row.user),
        }
        message = EmailMultiAlternatives(
            subject=_one_line(f"[{subject.code}] {words.headline}")[:_SUBJECT_MAX],
            body=render_to_string("mail/event.txt", context),
            to=[address_of(row.user)],
            headers=_headers(row, subject, personal=personal),
        )
        message.attach_alternative(render_to_string("mail/event.html", context), "text/html")
    return message


def frame(user: User) -> dict[str, Any]:
    """The frame of every mail, in the active language."""
    return {
        "settings_url": settings.TN_SITE_URL + reverse("issues:choices"),
        "language": user.language,
        "city": settings.TN_CITY,
        "is_demo": settings.TN_DEMO,
    }


def address_of(user: User) -> str:
    """The person as a recipient; a name can break no header."""
    return formataddr((_one_line(user.name), user.email))


def ratings_of(row: Notification) -> list[RatingLink]:
    """Five links under an answer, for the side that filed it: one rating speaks for the enterprise, so people who
    joined have none."""
    if row.event is None or row.event.type != "ticket.resolved" or row.reason not in (Group.FILER, Group.ENTERPRISE):
        return []
    return rating_links(RatingToken(row.event.ticket_id, row.event.data["cycle"], row.user_id))


def reopening_of(row: Notification) -> str:
    """The link that reopens, under an answer and where the enterprise wrote back about one; empty elsewhere."""
    if row.event is None or row.event.type not in _REOPENED or row.reason not in (Group.FILER, Group.ENTERPRISE):
        return ""
    return ReopeningToken(row.event.ticket_id, row.event.data["cycle"], row.user_id).url()


def why(row: Notification) -> str:
    """Why this mail came, and whether it can be switched off."""
    if row.event is not None and is_always_mailed(row.event.type, row.reason, row.event.data):
        return _("You are responsible for this promise, so this e-mail cannot be switched off.")
    return _("You get this e-mail because of your choice for “{about}”.").format(about=About(row.about).label)


def _headers(row: Notification, subject: Subject, *, personal: bool) -> dict[str, str]:
    host = mail_host()
    root = f"<{subject.thread}@{host}>"
    return {
        "Message-ID": f"<{subject.thread}.{row.event_id or row.entry_id}.{row.user_id}@{host}>",
        "In-Reply-To": root,
        "References": root,
        **automatic_headers(row.user),
        **(_personal_headers(row) if personal else {}),
    }


def _personal_headers(row: Notification) -> dict[str, str]:
    """Where an answer goes, and how to stop mails like this one."""
    required = row.event is not None and is_always_mailed(row.event.type, row.reason, row.event.data)
    found = stop_headers(row.user, "" if required else row.about)
    reply = reply_address_of(row)
    return {**found, "Reply-To": reply} if reply else found


def reply_address_of(row: Notification) -> str:
    """The person's address for this ticket; empty where a reply would surprise its writer.

    A reply goes to all parties. An agency's officer who answers a reminder does not mean that.
    """
    if row.event is None:
        return ""
    to_enterprise = row.reason in (Group.FILER, Group.ENTERPRISE)
    if not to_enterprise and row.event.type not in _ANSWERED_BY_AGENCIES:
        return ""
    return ReplyAddress(row.event.ticket.code or "", row.user_id).write()


def stop_headers(user: User, what: str) -> dict[str, str]:
    """List-Unsubscribe: one click for mail that asks for nothing (RFC 8058), else the page of choices."""
    if what not in STOPPABLE:
        return {"List-Unsubscribe": f"<{settings.TN_SITE_URL}{reverse('issues:choices')}>"}
    return {
        "List-Unsubscribe": f"<{StopToken(user.pk, what).url()}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def mail_host() -> str:
    """The right side of our message ids."""
    return urlsplit(settings.TN_SITE_URL).hostname or "localhost"


def automatic_headers(user: User) -> dict[str, str]:
    """Headers: other machines should not answer, and the language of the mail."""
    return {
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Content-Language": user.language,
    }


def _shortened(text: str) -> str:
    return text if len(text) <= _QUOTE_MAX else text[:_QUOTE_MAX].rsplit(" ", 1)[0] + " …"


def _one_line(text: str) -> str:
    return " ".join(text.split())
