"""Mails about memberships: written in the transaction of the change, sent by the worker, tried again for hours."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from smtplib import SMTPRecipientsRefused
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.contact_code import VALID, contact_code
from accounts.models import AccountMail, Invitation, MembershipRequest
from core import clock, jobs
from core.readable_codes import shown_code
from core.wording import dated_moment

logger = logging.getLogger(__name__)

TRIES = 8
FIRST_PAUSE = timedelta(minutes=1)  # doubles: 1, 2, 4 … 64 minutes
BATCH = 100
KEPT = timedelta(days=30)  # after a mail was sent, or given up
TASK = "accounts.tasks.send_mail"
K, State = AccountMail.Kind, AccountMail.State


@dataclass(frozen=True)
class Words:
    """What one mail says, in the active language."""

    headline: str
    lines: tuple[str, ...]
    label: str
    why: str
    quote: str = ""


def write(
    kind: str,
    *,
    to: str,
    language: str,
    request: MembershipRequest | None = None,
    invitation: Invitation | None = None,
) -> AccountMail:
    """Put a mail into the outbox, in the transaction of the caller."""
    row = AccountMail.objects.create(
        kind=kind, to=to, language=language, request=request, invitation=invitation, next_attempt_at=clock.now()
    )
    jobs.request(TASK)
    return row


def send_due(*, limit: int = BATCH) -> int:
    """Send what is due, oldest first; returns how many mails went out. One failure does not stop the others."""
    due = AccountMail.objects.filter(state=State.WAITING, next_attempt_at__lte=clock.now())
    return sum(_send(pk) for pk in due.order_by("next_attempt_at", "pk").values_list("pk", flat=True)[:limit])


def delete_old() -> int:
    """Delete mails that were sent or given up long ago; returns how many."""
    over = AccountMail.objects.exclude(state=State.WAITING).filter(created_at__lt=clock.now() - KEPT)
    return over.delete()[0]


def compose(row: AccountMail) -> EmailMultiAlternatives:
    """The mail of a row, in its language. Sends nothing."""
    with translation.override(row.language):
        words = _WORDS[row.kind](row)
        context = {
            "words": words,
            "title": "",
            "code": "",
            "quote": words.quote,
            "label": words.label,
            "url": settings.TN_SITE_URL + reverse("accounts:account"),
            "language": row.language,
            "city": settings.TN_CITY,
            "is_demo": settings.TN_DEMO,
        }
        message = EmailMultiAlternatives(
            subject=words.headline[:150],
            body=render_to_string("accounts/mail/membership.txt", context),
            to=[row.to],
            headers={
                "Message-ID": f"<account.{row.pk}@{urlsplit(settings.TN_SITE_URL).hostname or 'localhost'}>",
                "Auto-Submitted": "auto-generated",
                "X-Auto-Response-Suppress": "All",
                "Content-Language": row.language,
            },
        )
        message.attach_alternative(render_to_string("accounts/mail/membership.html", context), "text/html")
        return message


def _send(pk: int) -> bool:
    """Send one mail, after booking its next try; a worker that finds it booked by another one leaves it."""
    found = AccountMail.objects.filter(pk=pk, state=State.WAITING)
    row = found.select_related(
        "request__user", "request__decided_by", "invitation__enterprise", "invitation__invited_by"
    ).first()
    if row is None:
        return False
    next_try = clock.now() + FIRST_PAUSE * 2**row.attempts
    if not found.filter(attempts=row.attempts).update(attempts=F("attempts") + 1, next_attempt_at=next_try):
        return False
    try:
        compose(row).send()
    except Exception as error:
        over = row.attempts + 1 >= TRIES or isinstance(error, SMTPRecipientsRefused)
        found.update(state=State.FAILED if over else State.WAITING, last_error=f"{type(error).__name__}: {error}"[:300])
        logger.warning("account mail %s failed (try %s)", pk, row.attempts + 1, exc_info=error)
        return False
    found.update(state=State.SENT, last_error="")
    return True


def _request(row: AccountMail) -> MembershipRequest:
    if row.request is None:
        raise ValueError(f"account mail {row.pk} has no request")
    return row.request


def _invitation(row: AccountMail) -> Words:
    invitation = row.invitation
    if invitation is None:
        raise ValueError(f"account mail {row.pk} has no invitation")
    names = {"person": str(invitation.invited_by), "enterprise": invitation.enterprise.name}
    return Words(
        headline=_("Invitation to act for {enterprise}").format(**names),
        lines=(
            _("{person} invites you to act for {enterprise}: see and answer its proposals.").format(**names),
            _("Sign in with this e-mail address, or sign up with it, and accept or decline in your account."),
            _("The invitation is valid until {moment}.").format(moment=dated_moment(invitation.expires_at)),
        ),
        label=_("Open your account"),
        why=_(
            "You get this because a member of the enterprise entered your address. If you do not know them, do nothing."
        ),
    )


def _contact_code(row: AccountMail) -> Words:
    request = _request(row)
    names = {"person": str(request.user), "email": request.user.email, "enterprise": request.name}
    return Words(
        headline=_("Does {person} act for {enterprise}?").format(**names),
        lines=(
            _("{person} ({email}) wants to act for {enterprise} here and to see its proposals.").format(**names),
            _("If that is right, give them this code: {code}. It is valid until {moment}.").format(
                code=shown_code(contact_code(request.tax_code, row.to, row.created_at)),
                moment=dated_moment(row.created_at + VALID),
            ),
            _("If you do not know them, do not pass it on. Without it they see nothing of the enterprise."),
            _("The code serves everybody who asked to act for {enterprise}: give it only to people who may.").format(
                **names
            ),
        ),
        label=_("Open Trong Ngày"),
        why=_("You get this because your address was given when a proposal was filed for the enterprise."),
    )


def _accepted(row: AccountMail) -> Words:
    enterprise = _request(row).name
    return Words(
        headline=_("You now act for {enterprise}").format(enterprise=enterprise),
        lines=(
            _("Your request was accepted. You see the proposals of the enterprise and may answer for it."),
            _("What you filed before belongs to the enterprise now."),
        ),
        label=_("Open your account"),
        why=_why_asked(),
    )


def _refused(row: AccountMail) -> Words:
    request = _request(row)
    return Words(
        headline=_("Your request to act for {enterprise} was refused").format(enterprise=request.name),
        lines=(
            _("What you filed stays yours and is answered as promised. You may ask again and say how to check it."),
        ),
        label=_("Open your account"),
        why=_why_asked(),
        quote=request.reason,
    )


def _joined(row: AccountMail) -> Words:
    request = _request(row)
    names = {"person": str(request.user), "email": request.user.email, "enterprise": request.name}
    return Words(
        headline=_("{person} now acts for {enterprise}").format(**names),
        lines=(
            _("{person} ({email}) is a member of {enterprise} now, and sees its proposals.").format(**names),
            _("If you do not know them, end their membership in your account, or tell the task force."),
        ),
        label=_("Open your account"),
        why=_("You get this because you are a member or the contact person of the enterprise."),
    )


def _why_asked() -> str:
    return _("You get this because you asked to act for the enterprise.")


_WORDS: dict[str, Callable[[AccountMail], Words]] = {
    K.INVITATION: _invitation,
    K.CONTACT_CODE: _contact_code,
    K.ACCEPTED: _accepted,
    K.REFUSED: _refused,
    K.JOINED: _joined,
}
