"""Tasks without data: each one drains a cursor or sweeps a table (design §5).

Beat repeats every one of them, so a lost or doubled request does no harm.
"""

import logging

from celery import shared_task

from issues.actions.mail_records import remove_old_originals, remove_old_records
from issues.actions.recompute import recompute_pending
from issues.actions.scanning import draw_thumbnails, scan_due
from issues.actions.silence import close_silent
from issues.actions.timers import sweep
from issues.events.drain import drain_all
from issues.files.orphans import remove_orphans
from issues.mail.contact import send_contact_notices
from issues.mail.outbox import send_due
from issues.webhooks.outbox import deliver_due

logger = logging.getLogger(__name__)

_MOST_BATCHES = 50  # then the worker is free for other tasks; beat repeats the task


@shared_task(expires=30)
def drain_events() -> None:
    """Bring every consumer of the log up to date; new mail is sent immediately."""
    handled = {name: number for name, number in drain_all().items() if number}
    if handled:
        logger.info("events drained: %s", handled)
        send_mail.delay()
        deliver_webhooks.delay()


@shared_task(expires=30)
def sweep_timers() -> None:
    """Fire the clocks' timers that are due."""
    for _batch in range(_MOST_BATCHES):
        fired = sweep()
        if not fired:
            return
        logger.info("%d timers fired", fired)


@shared_task(expires=300)
def close_silent_tickets() -> None:
    """Close answered tickets when the enterprise has not reacted."""
    closed = close_silent()
    if closed:
        logger.info("%d tickets closed without confirmation", closed)


@shared_task(expires=30)
def send_mail() -> None:
    """Send what waits in the outbox."""
    for _batch in range(_MOST_BATCHES):
        sent = send_due() + send_contact_notices()
        if not sent:
            return
        logger.info("%d mails sent", sent)


@shared_task(expires=30)
def deliver_webhooks() -> None:
    """Send the webhook messages that wait."""
    delivered = deliver_due()
    if delivered:
        logger.info("%d webhook messages delivered", delivered)


@shared_task(expires=60)
def recompute_calendars() -> None:
    """Recompute the running clocks of edited calendars."""
    moved = recompute_pending()
    if moved:
        logger.info("%d due times moved after a calendar was edited", moved)


@shared_task(expires=30)
def check_files() -> None:
    """Scan new files for viruses, and draw thumbnails of images."""
    for _batch in range(_MOST_BATCHES):
        decided, drawn = scan_due(), draw_thumbnails()
        if not decided and not drawn:
            return
        logger.info("%d files scanned, %d images looked at", decided, drawn)


@shared_task(expires=3600)
def remove_original_mails() -> None:
    """Remove mails as they came, once they are old."""
    removed = remove_old_originals()
    if removed:
        logger.info("%d original mails removed", removed)


@shared_task(expires=3600)
def remove_mail_records() -> None:
    """Remove the traces of mails that put nothing to a ticket."""
    removed = remove_old_records()
    if removed:
        logger.info("%d records of mails removed", removed)


@shared_task(expires=3600)
def remove_orphan_files() -> None:
    """Remove files without a row."""
    found = remove_orphans()
    if found.orphans:
        logger.warning("%d files without a row removed", len(found.orphans))
