"""Sends what waits in the outbox. Safe to run by any number of workers at once.

The rows of one mail are claimed in a short transaction that also books the next try, then sent outside of it. A worker
that dies in between leaves them to that next try: a mail may then come twice, with the same Message-ID, but is never
lost. Rows that go in one mail (a digest, what the quiet hours held back, a burst) get their common mark when they are
first claimed, so that every later try is the same mail.
"""

import logging
import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from smtplib import SMTPRecipientsRefused

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.db.models import QuerySet

from accounts import people
from core import clock
from issues import rules
from issues.access import TicketFacts, may_read
from issues.mail.compose import compose
from issues.mail.compose_digest import compose_digest
from issues.models import Message, Notification, Party, TicketEvent
from issues.notifications.preferences import choices_of
from issues.notifications.recipients import Group
from issues.notifications.timing import is_quiet

logger = logging.getLogger(__name__)

BATCH = 100
TRIES = 8
_WORDS = ("message.posted", "note.posted")  # their writer may take them back
FIRST_PAUSE = timedelta(minutes=1)  # doubles: 1, 2, 4 … 64 minutes
BURST = 10  # so many mails for one person at the same time become one
State = Notification.State
Mode = Notification.Mode


@dataclass(frozen=True)
class Parcel:
    """What goes in one mail: one row, or the rows of one person that belong together."""

    user_id: int
    pk: int | None = None
    bundle: uuid.UUID | None = None


def send_due(*, limit: int = BATCH) -> int:
    """Send what is due, oldest first; returns how many mails went out. One failure does not stop the others."""
    return sum(_send(parcel) for parcel in _parcels(limit))


def _due() -> QuerySet[Notification]:
    return Notification.objects.filter(
        state=State.WAITING, channel=Notification.Channel.MAIL, next_attempt_at__lte=clock.now()
    )


def _parcels(limit: int) -> list[Parcel]:
    """The mails that are due. A burst counts only what was not tried yet: a second try is the mail it was."""
    found = _due().order_by("next_attempt_at", "id").values_list("pk", "user_id", "mode", "bundle", "attempts")[:limit]
    rows = list(found)
    fresh = Counter(user_id for _pk, user_id, _mode, bundle, attempts in rows if bundle is None and not attempts)
    parcels: dict[Parcel, None] = {}
    for pk, user_id, mode, bundle, attempts in rows:
        together = bundle is not None or (not attempts and (mode != Mode.ONCE or fresh[user_id] >= BURST))
        parcels[Parcel(user_id, bundle=bundle) if together else Parcel(user_id, pk=pk)] = None
    return list(parcels)


def _send(parcel: Parcel) -> bool:
    rows = _claim(parcel)
    allowed = [row for row in rows if may_receive(row)]
    refused = [row.pk for row in rows if row not in allowed]
    if refused:
        _update(refused, state=State.SKIPPED, last_error="no right to see the event any more")
    if not allowed:
        return False
    try:
        _deliver(get_connection(), allowed)
    except Exception as error:
        _note_failure(allowed, error)
        return False
    _update([row.pk for row in allowed], state=State.SENT, sent_at=clock.now(), last_error="")
    return True


def _claim(parcel: Parcel) -> list[Notification]:
    """Book the next try and take the rows; none when another worker has them or the person's quiet hours run."""
    with transaction.atomic():
        rows = list(_locked(parcel))
        if not rows:
            return []
        choices = choices_of([parcel.user_id]).get(parcel.user_id)
        now = clock.now()
        if choices is not None and is_quiet(choices.timing, choices.calendar, now):
            mode, may_go_at = choices.plan(Mode.ONCE, now)
            held = [row.pk for row in rows if row.mode == Mode.ONCE and row.bundle is None]
            _update([row.pk for row in rows], next_attempt_at=may_go_at)
            _update(held, mode=mode)
            return []
        bundle = rows[0].bundle or (uuid.uuid4() if parcel.pk is None and len(rows) > 1 else None)
        attempts = rows[0].attempts + 1
        for row in rows:
            row.attempts, row.bundle = attempts, bundle
            row.next_attempt_at = now + FIRST_PAUSE * 2 ** (attempts - 1)
        Notification.objects.bulk_update(rows, ["attempts", "bundle", "next_attempt_at"])
    person = rows[0].user
    for row in rows:
        row.user = person  # the same object, so that its roles are read once
    return rows


def _locked(parcel: Parcel) -> QuerySet[Notification]:
    """The parcel's rows, locked. A single one that another worker holds is left out; a bundle is waited for, so that
    two workers cannot make two mails of it."""
    skip = connection.vendor == "postgresql" and parcel.pk is not None
    rows = _due().select_for_update(of=("self",), skip_locked=skip)
    rows = rows.select_related("user", "event__ticket__lead_agency", "event__ticket__enterprise", "entry__agency")
    rows = rows.order_by("id")
    if parcel.pk is not None:
        return rows.filter(pk=parcel.pk)
    if parcel.bundle is not None:
        return rows.filter(user_id=parcel.user_id, bundle=parcel.bundle)
    return rows.filter(user_id=parcel.user_id, bundle=None, attempts=0)


def may_receive(row: Notification) -> bool:
    """Whether the person may still be told: rights are those of this moment, not of when the event happened."""
    if not row.user.is_active:
        return False
    if row.event is None:
        return row.entry is not None and rules.may_roster(row.user, "see", row.entry.agency)
    person = people.of(row.user)
    ticket = row.event.ticket
    if row.reason == Group.PARTY:
        return Party.objects.filter(ticket=ticket, enterprise_id__in=person.enterprise_ids).exists()
    return may_read(person, TicketFacts.of(ticket), row.event) and not _taken_back(row.event)


def _taken_back(event: TicketEvent) -> bool:
    """Whether the writer took the words back before anybody was mailed."""
    if event.type not in _WORDS:
        return False
    return Message.objects.filter(pk=event.data["message"], taken_back_at__isnull=False).exists()


def _deliver(backend: BaseEmailBackend, rows: list[Notification]) -> None:
    message = compose(rows[0]) if len(rows) == 1 else compose_digest(rows)
    message.connection = backend
    message.send()


def _note_failure(rows: list[Notification], error: Exception) -> None:
    """Try again later; after the last try, or where the address itself is refused, give up and keep the reason."""
    attempts = rows[0].attempts
    over = attempts >= TRIES or isinstance(error, SMTPRecipientsRefused)
    _update(
        [row.pk for row in rows],
        state=State.FAILED if over else State.WAITING,
        last_error=f"{type(error).__name__}: {error}"[:300],
    )
    logger.log(
        logging.ERROR if over else logging.WARNING,
        "mail for notification %s failed (try %s of %s)",
        rows[0].pk,
        attempts,
        TRIES,
        exc_info=error,
    )


def _update(pks: Iterable[int], **values: object) -> None:
    Notification.objects.filter(pk__in=list(pks), state=State.WAITING).update(**values)
