"""Sends what waits in the outbox. Safe to run by any number of workers at once.

A row is claimed in a short transaction that also books the next try, then sent outside of it. A worker that dies in
between leaves the row to that next try: a mail may then come twice, with the same Message-ID, but is never lost.
"""

import logging
from datetime import timedelta
from smtplib import SMTPRecipientsRefused

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction

from accounts import people
from core import clock
from issues.consumers.recipients import Group
from issues.mail.compose import compose
from issues.models import Notification, Party
from issues.queries.access import TicketFacts, may_see_event

logger = logging.getLogger(__name__)

BATCH = 100
TRIES = 8
FIRST_PAUSE = timedelta(minutes=1)  # doubles: 1, 2, 4 … 64 minutes
State = Notification.State


def send_due(*, limit: int = BATCH) -> int:
    """Send what is due, oldest first; returns how many mails went out. One failure does not stop the others."""
    due = Notification.objects.filter(
        state=State.WAITING, channel=Notification.Channel.MAIL, next_attempt_at__lte=clock.now()
    )
    ids = list(due.order_by("next_attempt_at", "id").values_list("pk", flat=True)[:limit])
    if not ids:
        return 0
    return sum(_send_one(pk) for pk in ids)


def _send_one(pk: int) -> bool:
    row = _claim(pk)
    if row is None:
        return False
    if not may_receive(row):
        Notification.objects.filter(pk=pk).update(state=State.SKIPPED, last_error="no right to see the event any more")
        return False
    try:
        _deliver(get_connection(), row)
    except Exception as error:
        _note_failure(row, error)
        return False
    Notification.objects.filter(pk=pk).update(state=State.SENT, sent_at=clock.now(), last_error="")
    return True


def _claim(pk: int) -> Notification | None:
    """Book the next try and take the row; None when another worker has it."""
    with transaction.atomic():
        rows = Notification.objects.select_for_update(of=("self",), skip_locked=connection.vendor == "postgresql")
        row = (
            rows.select_related("user", "event__ticket__lead_agency", "event__ticket__enterprise")
            .filter(pk=pk, state=State.WAITING, next_attempt_at__lte=clock.now())
            .first()
        )
        if row is None:
            return None
        row.attempts += 1
        row.next_attempt_at = clock.now() + FIRST_PAUSE * 2 ** (row.attempts - 1)
        row.save(update_fields=["attempts", "next_attempt_at"])
    return row


def may_receive(row: Notification) -> bool:
    """Whether the person may still be told: rights are those of this moment, not of when the event happened."""
    if not row.user.is_active:
        return False
    person = people.of(row.user)
    ticket = row.event.ticket
    if row.reason == Group.PARTY:
        return Party.objects.filter(ticket=ticket, enterprise_id__in=person.enterprise_ids).exists()
    return may_see_event(person, TicketFacts.of(ticket), row.event.visibility)


def _deliver(backend: BaseEmailBackend, row: Notification) -> None:
    message = compose(row)
    message.connection = backend
    message.send()


def _note_failure(row: Notification, error: Exception) -> None:
    """Try again later; after the last try, or where the address itself is refused, give up and keep the reason."""
    over = row.attempts >= TRIES or isinstance(error, SMTPRecipientsRefused)
    Notification.objects.filter(pk=row.pk).update(
        state=State.FAILED if over else State.WAITING, last_error=f"{type(error).__name__}: {error}"[:300]
    )
    logger.log(
        logging.ERROR if over else logging.WARNING,
        "mail for notification %s failed (try %s of %s)",
        row.pk,
        row.attempts,
        TRIES,
        exc_info=error,
    )
