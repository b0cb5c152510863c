"""Sends the alerts that wait; any number of workers may run it at the same time.

A mail is claimed by booking its next try, then sent outside of any transaction. A worker that dies in between leaves it
to that try: it may then come twice, with the same Message-ID, but is never lost.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from smtplib import SMTPRecipientsRefused

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F, QuerySet

from accounts.emails import confirmed_emails
from accounts.models import User
from core import clock
from search.models import AlertMail, SavedSearch
from search.saved.compose import compose

logger = logging.getLogger(__name__)

BATCH = 100
TRIES = 8
FIRST_PAUSE = timedelta(minutes=1)  # doubles: 1, 2, 4 … 64 minutes
KEPT = timedelta(days=30)  # after a mail was written
State = AlertMail.State


def send_due(*, limit: int = BATCH) -> int:
    """Send what is due, oldest first; returns how many mails went out. One failure does not stop the others."""
    due = AlertMail.objects.filter(state=State.WAITING, next_attempt_at__lte=clock.now())
    pks = list(due.order_by("next_attempt_at", "pk").values_list("pk", flat=True)[:limit])
    if not pks:
        return 0
    backend = get_connection()
    try:
        return sum(_send(backend, pk) for pk in pks)
    finally:
        backend.close()


def delete_old() -> int:
    """Delete mails that were sent or given up long ago; what searches found stays known. Returns how many."""
    over = AlertMail.objects.exclude(state=State.WAITING).filter(created_at__lt=clock.now() - KEPT)
    return over.delete()[1].get(AlertMail._meta.label, 0)


def may_be_mailed(user: User) -> bool:
    """Whether the person may sign in and has proved that the address is theirs."""
    return user.may_sign_in and user.email.lower() in confirmed_emails(user)


def _send(backend: BaseEmailBackend, pk: int) -> bool:
    found = AlertMail.objects.filter(pk=pk, state=State.WAITING)
    mail = found.select_related("user", "follow").first()
    if mail is None or not _claim(found, mail):
        return False
    if not may_be_mailed(mail.user):
        found.update(state=State.SKIPPED, last_error="the account is closed or its address not confirmed")
        return False
    try:
        message = compose(mail)
        if message is None:
            found.update(state=State.SKIPPED, last_error="nothing left to say")
            return False
        backend.open()
        message.connection = backend
        message.send()
    except Exception as error:
        backend.close()
        over = mail.attempts + 1 >= TRIES or isinstance(error, SMTPRecipientsRefused)
        found.update(state=State.FAILED if over else State.WAITING, last_error=f"{type(error).__name__}: {error}"[:300])
        logger.warning("alert %s failed (try %s)", pk, mail.attempts + 1, exc_info=error)
        return False
    found.update(state=State.SENT, last_error="")
    SavedSearch.objects.filter(items__mail=mail).update(last_sent_at=clock.now())
    return True


def _claim(found: QuerySet[AlertMail], mail: AlertMail) -> bool:
    """Book the next try; false where another worker did so first."""
    next_try = clock.now() + FIRST_PAUSE * 2**mail.attempts
    return bool(
        found.filter(attempts=mail.attempts).update(attempts=F("attempts") + 1, next_attempt_at=next_try),
    )
