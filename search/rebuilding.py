"""Building the whole index again, beside the one in use, which serves until the new one takes its place.

A rebuild may be killed at any time: how far it came is a row, and the next one goes on after the last finished batch.
Changes drained in that time reach both indexes, and versions decide what stays (search.versions), so a rebuild and
drains never wait for each other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from django.db import DatabaseError
from django.utils import timezone

from core import clock
from search import documents, locks
from search.engines.base import Engine, EngineUnavailable, Rebuild
from search.locks import Lock
from search.models import UnfinishedRebuild
from search.versions import next_version

BATCH = 200  # objects

Progress = Callable[[str, int, int], None]


class AlreadyRunning(Exception):
    """Another process rebuilds the index; `since` is when that began, where it is known yet."""

    def __init__(self, since: datetime | None) -> None:
        self.since = since
        super().__init__(f"Another search_rebuild is running{f' since {since:%Y-%m-%d %H:%M %Z}' if since else ''}.")


def needed(engine: Engine) -> bool:
    """Whether the index is missing, made in another form, empty although there is something to find, or unfinished."""
    health = engine.health()
    if not health.ok or health.stale:
        return health.stale
    if UnfinishedRebuild.objects.exists():
        return True
    return health.documents == 0 and any(documents.count(kind) for kind in documents.kinds())


def rebuild(engine: Engine, *, restart: bool = False, progress: Progress = lambda kind, done, total: None) -> int:
    """Build a new index from all objects and put it in the place of the old; returns its number of documents.

    Goes on with an unfinished one, unless it is to `restart`. `progress` gets the kind, and of its objects how many
    are done and how many there are. Raises AlreadyRunning, and EngineUnavailable when the engine goes away, which
    leaves the rebuild unfinished.
    """
    with locks.held(Lock.REBUILD) as alone:
        if not alone:
            raise AlreadyRunning(_since())
        new, state = (None if restart else _unfinished(engine)) or _begun(engine)
        try:
            _fill(new, state, progress)
            count = new.finish()
        except (EngineUnavailable, DatabaseError):
            raise
        except Exception:  # a mistake of ours would come again: nothing to go on with
            new.abandon()
            state.delete()
            raise
        state.delete()
        return count


def _since() -> datetime | None:
    at = UnfinishedRebuild.objects.values_list("started_at", flat=True).first()
    return at and timezone.localtime(at)


def _unfinished(engine: Engine) -> tuple[Rebuild, UnfinishedRebuild] | None:
    state = UnfinishedRebuild.objects.filter(engine=engine.name, form=_form()).first()
    new = state and engine.resume_rebuild(state.name)
    return (new, state) if new and state else None


def _begun(engine: Engine) -> tuple[Rebuild, UnfinishedRebuild]:
    UnfinishedRebuild.objects.all().delete()
    new = engine.start_rebuild()
    state = UnfinishedRebuild(engine=engine.name, name=new.name, form=_form(), started_at=clock.now())
    state.save()
    return new, state


def _form() -> str:
    return " ".join([*documents.kinds(), *documents.locales()])


def _fill(new: Rebuild, state: UnfinishedRebuild, progress: Progress) -> None:
    kinds = documents.kinds()
    for kind in kinds[kinds.index(state.kind) if state.kind else 0 :]:
        last = state.object_id if kind == state.kind else -1
        total, done = documents.count(kind), documents.count(kind, up_to=last)
        while ids := documents.ids_after(kind, last, BATCH):
            version = next_version()  # before the objects are read
            new.put(replace(document, version=version) for document in documents.build(kind, ids))
            last, done = ids[-1], done + len(ids)
            state.kind, state.object_id = kind, last
            state.save(update_fields=["kind", "object_id"])
            progress(kind, done, max(done, total))
