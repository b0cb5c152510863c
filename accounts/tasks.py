"""Background work on accounts. A task only starts an action and logs what it did."""

import logging

from celery import shared_task
from django.contrib.sessions.backends.db import SessionStore

from accounts import mail
from accounts.actions.membership import delete_old_requests

logger = logging.getLogger(__name__)


@shared_task(expires=30)
def send_mail() -> None:
    """Send the mails about memberships that wait."""
    sent = mail.send_due()
    if sent:
        logger.info("%d mails about memberships sent", sent)


@shared_task(expires=3600)
def delete_old() -> None:
    """Delete what is not needed any more: sent mails, and requests that came to nothing."""
    logger.info("%d old mails and %d old requests deleted", mail.delete_old(), delete_old_requests())


@shared_task(expires=3600)
def purge_sessions() -> None:
    """Delete sessions that have ended: those of visitors hold what they typed before signing in."""
    SessionStore.clear_expired()
