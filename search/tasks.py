"""Tasks of the index: each drains the notes in the database and carries no data itself."""

import logging

from celery import shared_task

from search import engines, rebuilding, searched, sync
from search.engines.base import EngineUnavailable

log = logging.getLogger(__name__)

_HOURS = 6 * 3600  # a rebuild of very many documents; one that is ended all the same is gone on with


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


@shared_task(name="search.tasks.rebuild", expires=60, soft_time_limit=_HOURS, time_limit=_HOURS)
def rebuild() -> None:
    """Build the index where it is missing, empty, unfinished or made in another form."""
    engine = engines.current()
    if engine is None or not rebuilding.needed(engine):
        return
    log.warning("search: the index is built again; lists come from the database where there is none")
    try:
        count = rebuilding.rebuild(engine)
    except rebuilding.AlreadyRunning:
        return
    except EngineUnavailable as error:
        log.warning("search: the index was not built, and is gone on with in a minute: %s", error)
        return
    log.warning("search: %d documents, new index in use", count)
