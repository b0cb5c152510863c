"""Tasks of the index and of what is searched: each drains notes or rows in the database and carries no data itself."""

import logging

from celery import shared_task

from core import jobs
from search import engines, rebuilding, searched, sync
from search.engines.base import EngineUnavailable
from search.saved import bundling, follows, matching, outbox

log = logging.getLogger(__name__)

_HOURS = 6 * 3600  # a rebuild of very many documents; one that is ended all the same is gone on with
_SEND = "search.tasks.send_alerts"
_MOST_BATCHES = 50  # then the worker is free for other tasks; beat repeats the task


@shared_task(name="search.tasks.drain", expires=60)
def drain() -> None:
    """Bring the index up to date."""
    done = sync.drain()
    if done:
        log.info("search: %d changed objects indexed", len(done))
    matching.after_drain()


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


@shared_task(name=matching.TASK, expires=60)
def match_saved() -> None:
    """Ask saved searches about what changed, and look what changed for followers."""
    followed, rounds = follows.write_mails(), matching.match_changes()
    if followed or rounds:
        log.info("alerts: %d mails to followers, saved searches asked %d times", followed, rounds)
        jobs.request(_SEND)


@shared_task(name=_SEND, expires=60)
def send_alerts() -> None:
    """Write the mails that are due, and send those that wait."""
    bundling.bundle()
    for _batch in range(_MOST_BATCHES):
        sent = outbox.send_due()
        if not sent:
            return
        log.info("alerts: %d mails sent", sent)


@shared_task(name="search.tasks.note_overdue", expires=3600)
def note_overdue() -> None:
    """Note followed projects that nobody confirmed in time."""
    late = follows.note_overdue()
    if late:
        log.info("alerts: %d followed projects were not confirmed in time", late)
        matching.after_drain()


@shared_task(name="search.tasks.delete_old_alerts", expires=3600)
def delete_old_alerts() -> None:
    """Delete mails that were sent or given up long ago."""
    log.info("alerts: %d old mails deleted", outbox.delete_old())
