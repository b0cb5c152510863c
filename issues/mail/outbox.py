"""Sends what waits in the outbox. Any number of workers may run it at the same time.

What is due is claimed for many mails in one short transaction, which also books their next try; then each mail is sent
outside of it. A worker that dies in between leaves them to that next try: a mail may then come twice, with the same
Message-ID, but is never lost. Rows that go in one mail (a digest, what the quiet hours held back, a burst) get their
common mark when they are first claimed, so that every later try is the same mail.
"""

import logging
import time
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from smtplib import SMTPRecipientsRefused

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F, QuerySet

from accounts import people
from accounts.models import User
from core import clock
from issues.mail.compose import compose
from issues.mail.compose_digest import compose_digest
from issues.mail.receivable import receivable
from issues.mail.scene import Background, background_of
from issues.models import Notification
from issues.notifications.preferences import choices_of_people
from issues.notifications.timing import is_quiet

logger = logging.getLogger(__name__)

BATCH = 100
TRIES = 8
FIRST_PAUSE = timedelta(minutes=1)  # doubles: 1, 2, 4 … 64 minutes
SENDS_FOR = FIRST_PAUSE / 2  # then a slow server gets the rest of the batch later, and no other worker sends it too
BURST = 10  # so many mails for one person at the same time become one
State = Notification.State
Mode = Notification.Mode
MailRows = list[Notification]  # what goes in one mail: one row, or rows of one person that belong together


def send_due(*, limit: int = BATCH) -> int:
    """Send what is due, oldest first; returns how many mails went out. One failure does not stop the others.

    `limit` rows are looked at, and everything else that is due for the same people.
    """
    if not _due().exists():  # asked without a lock: this runs every few seconds
        return 0
    mails = _allowed(_claim(limit))
    background = background_of([row for mail in mails for row in mail])
    backend = get_connection()
    until = time.monotonic() + SENDS_FOR.total_seconds()
    sent = 0
    try:
        for number, rows in enumerate(mails):
            if time.monotonic() > until:
                _give_back(mails[number:])
                break
            sent += _send(backend, rows, background)
    finally:
        backend.close()
    return sent


def _due() -> QuerySet[Notification]:
    return Notification.objects.filter(
        state=State.WAITING, channel=Notification.Channel.MAIL, next_attempt_at__lte=clock.now()
    )


def _claim(limit: int) -> list[MailRows]:
    """Take what is due for people who are not in their quiet hours, and book the next try."""
    with transaction.atomic():
        users = _locked_people(limit)
        known = people.of_users(users.values())
        rows = _due().filter(user_id__in=users)
        rows = rows.select_related("event__ticket__lead_agency", "event__ticket__enterprise", "entry__agency")
        found = list(rows.prefetch_related("event__ticket__coordinating_agencies").order_by("next_attempt_at", "id"))
        for row in found:
            row.user = users[row.user_id]  # the same object, so that its roles are read once
        mails = _mails_of(_without_quiet(found, known))
        _book(mails)
    return mails


def _locked_people(limit: int) -> dict[int, User]:
    """The ids of people whose mails are due, locked. Another worker skips them and takes the next ones, so that mails
    that belong together are never divided."""
    rows = _due().select_related("user").select_for_update(of=("user",), skip_locked=True, no_key=True)
    return {row.user_id: row.user for row in rows.order_by("next_attempt_at", "id")[:limit]}


def _without_quiet(rows: Sequence[Notification], known: dict[int, people.Person]) -> list[Notification]:
    """Postpone mails that would break quiet hours; returns the others."""
    now, choices = clock.now(), choices_of_people(known)
    quiet = {pk: one for pk, one in choices.items() if is_quiet(one.timing, one.calendar, now)}
    for user_id, one in quiet.items():
        theirs = [row for row in rows if row.user_id == user_id]
        mode, may_go_at = one.plan(Mode.ONCE, now)
        _update([row.pk for row in theirs], next_attempt_at=may_go_at)
        _update([row.pk for row in theirs if row.mode == Mode.ONCE and row.bundle is None], mode=mode)
    return [row for row in rows if row.user_id not in quiet]


def _mails_of(rows: Sequence[Notification]) -> list[MailRows]:
    """The mails that the rows make. A burst counts only what was not tried yet: a second try is the mail it was."""
    fresh = Counter(row.user_id for row in rows if _is_fresh(row))
    mails: dict[tuple[int, object], MailRows] = defaultdict(list)
    for row in rows:
        together = _is_fresh(row) and (row.mode != Mode.ONCE or fresh[row.user_id] >= BURST)
        mails[row.user_id, None if together else row.bundle or row.pk].append(row)
    return list(mails.values())


def _is_fresh(row: Notification) -> bool:
    return row.bundle is None and not row.attempts


def _book(mails: Sequence[MailRows]) -> None:
    """Note the try that begins now and when the next one may follow; one statement for each number of tries."""
    now = clock.now()
    tried: dict[int, list[Notification]] = defaultdict(list)
    for rows in mails:
        if len(rows) > 1 and rows[0].bundle is None:
            bundle = uuid.uuid4()
            _update([row.pk for row in rows], bundle=bundle)
            for row in rows:
                row.bundle = bundle
        tried[rows[0].attempts + 1] += rows
    for attempts, rows in tried.items():
        next_attempt_at = now + FIRST_PAUSE * 2 ** (attempts - 1)
        _update([row.pk for row in rows], attempts=attempts, next_attempt_at=next_attempt_at)
        for row in rows:
            row.attempts, row.next_attempt_at = attempts, next_attempt_at


def _give_back(mails: Iterable[MailRows]) -> None:
    """Mails that were claimed and not tried may be claimed again immediately."""
    _update([row.pk for mail in mails for row in mail], attempts=F("attempts") - 1, next_attempt_at=clock.now())


def _allowed(mails: Sequence[MailRows]) -> list[MailRows]:
    """The mails without what their person may not read; that is never sent."""
    rows = [row for mail in mails for row in mail]
    allowed = {row.pk for row in receivable(rows)}
    refused = [row.pk for row in rows if row.pk not in allowed]
    if refused:
        _update(refused, state=State.SKIPPED, last_error="no right to see the event")
    kept = ([row for row in mail if row.pk in allowed] for mail in mails)
    return [mail for mail in kept if mail]


def _send(backend: BaseEmailBackend, rows: MailRows, background: Background) -> bool:
    """Send one mail over the connection that all of a batch share; after a failure the next one opens another."""
    try:
        backend.open()
        _deliver(backend, rows, background)
    except Exception as error:
        backend.close()
        _note_failure(rows, error)
        return False
    _update([row.pk for row in rows], state=State.SENT, sent_at=clock.now(), last_error="")
    return True


def _deliver(backend: BaseEmailBackend, rows: MailRows, background: Background) -> None:
    message = compose(rows[0], background) if len(rows) == 1 else compose_digest(rows, background)
    message.connection = backend
    message.send()


def _note_failure(rows: MailRows, error: Exception) -> None:
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
