"""Mails to contact persons: in their language, with the code of the receipt in the link, sent like the outbox's.

Mails are claimed in a short transaction that also books the next try, then sent outside of it: one may come twice, with
the same Message-ID, but is never lost.
"""

import logging
import time
from collections.abc import Mapping, Sequence
from smtplib import SMTPRecipientsRefused
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F, QuerySet
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import Agency
from core import clock
from issues.events.serialize import actor_name, event_data
from issues.mail.enterprise_texts import TEXTS
from issues.mail.outbox import BATCH, FIRST_PAUSE, SENDS_FOR, TRIES
from issues.mail.scene import Scene, agencies_of
from issues.models import ContactNotice, Visibility
from issues.notifications.recipients import Group
from issues.queries.receipt import receipt_of

logger = logging.getLogger(__name__)
State = ContactNotice.State


def send_contact_notices(*, limit: int = BATCH) -> int:
    """Send what is due, oldest first; returns how many mails went out. One failure does not stop the others."""
    if not _due().exists():  # asked without a lock: this runs every few seconds
        return 0
    rows = _claim(limit)
    agencies = agencies_of(row.event for row in rows)
    backend = get_connection()
    until = time.monotonic() + SENDS_FOR.total_seconds()
    sent = 0
    try:
        for number, row in enumerate(rows):
            if time.monotonic() > until:
                _give_back(rows[number:])
                break
            sent += _send(backend, row, agencies)
    finally:
        backend.close()
    return sent


def compose_contact(row: ContactNotice, agencies: Mapping[str, Agency]) -> EmailMultiAlternatives:
    """The mail of a notice, with its assistance, event and ticket, and the agencies it mentions. Sends nothing."""
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
            agencies=agencies,
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


def _due() -> QuerySet[ContactNotice]:
    return ContactNotice.objects.filter(state=State.WAITING, next_attempt_at__lte=clock.now())


def _claim(limit: int) -> list[ContactNotice]:
    """Take what is due and book the next try; what another worker is taking is left out."""
    with transaction.atomic():
        due = _due().select_for_update(of=("self",), skip_locked=True)
        due = due.select_related("event", "assistance__ticket__lead_agency", "assistance__ticket__enterprise")
        rows = list(due.order_by("next_attempt_at", "id")[:limit])
        for row in rows:
            row.attempts += 1
            row.next_attempt_at = clock.now() + FIRST_PAUSE * 2 ** (row.attempts - 1)
        ContactNotice.objects.bulk_update(rows, ["attempts", "next_attempt_at"])
    return rows


def _give_back(rows: Sequence[ContactNotice]) -> None:
    """Mails that were claimed and not tried may be claimed again immediately."""
    found = ContactNotice.objects.filter(pk__in=[row.pk for row in rows], state=State.WAITING)
    found.update(attempts=F("attempts") - 1, next_attempt_at=clock.now())


def _send(backend: BaseEmailBackend, row: ContactNotice, agencies: Mapping[str, Agency]) -> bool:
    notice = ContactNotice.objects.filter(pk=row.pk)
    try:
        backend.open()
        message = compose_contact(row, agencies)
        message.connection = backend
        message.send()
    except Exception as error:
        backend.close()
        over = row.attempts >= TRIES or isinstance(error, SMTPRecipientsRefused)
        state = State.FAILED if over else State.WAITING
        notice.update(state=state, last_error=f"{type(error).__name__}: {error}"[:300])
        logger.warning("mail to the contact of notice %s failed (try %s)", row.pk, row.attempts, exc_info=error)
        return False
    notice.update(state=State.SENT, sent_at=clock.now(), last_error="")
    return True
