"""Tasks of the index: each drains the notes in the database and carries no data itself."""

import logging

from celery import shared_task

from search import searched, sync

log = logging.getLogger(__name__)


@shared_task(name="search.tasks.drain", expires=60)
def drain() -> None:
    """Bring the index up to date."""
    done = sync.drain()
    if done:
        log.info("search: %d changed objects indexed", len(done))


@shared_task(name="search.tasks.purge_searches", expires=3600)
def purge_searches() -> None:
    """Delete old counts of searched words."""
    purged = searched.purge()
    if purged:
        log.info("search: %d old counts of searched words deleted", purged)
