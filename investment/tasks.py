"""Background work on projects. A task only starts an action and logs what it did."""

import logging

from celery import shared_task

from investment.actions.project import expire_projects

logger = logging.getLogger(__name__)


@shared_task(ignore_result=True)
def expire() -> None:
    """Take projects off the list whose confirmation ran out; beat starts it every hour."""
    expired = expire_projects()
    if expired:
        logger.info("%d projects left the list: not confirmed in time", expired)
