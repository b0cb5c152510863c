"""Tasks of the index: each drains the notes in the database and carries no data itself."""

import logging

from celery import shared_task

from search import sync

log = logging.getLogger(__name__)


@shared_task(name="search.tasks.drain", expires=60)
def drain() -> None:
    """Bring the index up to date."""
    done = sync.drain()
    if done:
        log.info("search: %d changed objects indexed", len(done))
