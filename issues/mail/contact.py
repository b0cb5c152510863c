"""Mails to contact persons: in their language, with the code of the receipt in the link, sent like the outbox's.

A mail is claimed in a short transaction that also books the next try, then sent outside of it: it may come twice, with
the same Message-ID, but is never lost.
"""

import logging
from smtplib import SMTPRecipientsRefused
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from core import clock
from issues.events.serialize import actor_name, event_data
from issues.mail.enterprise_texts import TEXTS
from issues.mail.outbox import BATCH, FIRST_PAUSE, TRIES
from issues.mail.scene import Scene, names_of_agencies
from issues.models import ContactNotice, Visibility
from issues.notifications.recipients import Group
from issues.queries.receipt import receipt_of

logger = logging.getLogger(__name__)
State = ContactNotice.State


def send_contact_notices(*, limit: int = BATCH) -> int:
    """Send what is due, oldest first; returns how many mails went out. One failure does not stop the others."""
    due = ContactNotice.objects.filter(state=State.WAITING, next_attempt_at__lte=clock.now())
    ids = list(due.order_by("next_attempt_at", "id").values_list("pk", flat=True)[:limit])
    return sum(_send(pk) for pk in ids)


def compose_contact(row: ContactNotice) -> EmailMultiAlternatives:
    """The mail of a notice, with its assistance, event and ticket. Sends nothing."""
    helped, event = row.assistance, row.event
    ticket = helped.ticket
    with translation.override(helped.language):
        receipt = receipt_of(helped)
        scene = Scene(
            event=event,
            ticket=ticket,
            group=Group.ENTERPRISE,
            data=event_data(event, audience=Visibility.PARTIES),
            actor=actor_name(event, audience=Visibility.PARTIES),
            hours="24",
            now=clock.now(),
            agency_names=names_of_agencies([event]),
        )
        words = TEXTS[event.type](scene)
        context = {
            "words": words,
            "quote": words.quote,
            "title": ticket.title,
            "code": ticket.code,
            "follow_up_code": receipt.follow_up_code,
            "page": receipt.page,
            "url": receipt.url,
            "why": _("You get this because your address was given when the proposal was filed for your enterprise."),
            "language": helped.language,
            "city": settings.TN_CITY,
            "is_demo": settings.TN_DEMO,
        }
        message = EmailMultiAlternatives(
            subject=f"[{ticket.code}] {words.headline}"[:150],
            body=render_to_string("mail/contact.txt", context),
            to=[helped.email],
            headers=_headers(row, str(ticket.code).lower()),
        )
        message.attach_alternative(render_to_string("mail/contact.html", context), "text/html")
        return message


def _headers(row: ContactNotice, code: str) -> dict[str, str]:
    host = urlsplit(settings.TN_SITE_URL).hostname or "localhost"
    root = f"<{code}@{host}>"
    return {
        "Message-ID": f"<{code}.{row.event_id}.contact@{host}>",
        "In-Reply-To": root,
        "References": root,
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Content-Language": row.assistance.language,
    }


def _send(pk: int) -> bool:
    row = _claim(pk)
    if row is None:
        return False
    try:
        compose_contact(row).send()
    except Exception as error:
        over = row.attempts >= TRIES or isinstance(error, SMTPRecipientsRefused)
        state = State.FAILED if over else State.WAITING
        ContactNotice.objects.filter(pk=pk).update(state=state, last_error=f"{type(error).__name__}: {error}"[:300])
        logger.warning("mail to the contact of notice %s failed (try %s)", pk, row.attempts, exc_info=error)
        return False
    ContactNotice.objects.filter(pk=pk).update(state=State.SENT, sent_at=clock.now(), last_error="")
    return True


def _claim(pk: int) -> ContactNotice | None:
    """Book the next try and take the row; None when another worker has it."""
    with transaction.atomic():
        rows = ContactNotice.objects.select_for_update(of=("self",), skip_locked=connection.vendor == "postgresql")
        row = (
            rows.select_related("event", "assistance__ticket__lead_agency", "assistance__ticket__enterprise")
            .filter(pk=pk, state=State.WAITING, next_attempt_at__lte=clock.now())
            .first()
        )
        if row is None:
            return None
        row.attempts += 1
        row.next_attempt_at = clock.now() + FIRST_PAUSE * 2 ** (row.attempts - 1)
        row.save(update_fields=["attempts", "next_attempt_at"])
    return row
