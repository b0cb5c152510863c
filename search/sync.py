"""Keeping the index in step: changes are noted with the change itself, and drained soon after.

A note that is lost with its transaction was never needed; a drain that is lost leaves the notes for the next one.
"""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from django.core.cache import cache
from django.db import DatabaseError, transaction
from django.db.models import Count, Min

from core import clock, jobs
from search import documents, engines, locks
from search.engines.base import Document, Engine, EngineUnavailable, document_id
from search.locks import Lock
from search.models import PendingChange
from search.versions import next_version

log = logging.getLogger(__name__)

BATCH = 200
LONGEST = 240  # seconds of one drain, well below the time limit of a task; the next one goes on
_NOTED = 1_000  # notes written at a time
_WARNED = 60  # seconds between two warnings of an engine that is away


@dataclass
class Drained:
    """What one drain did: the ids of the objects whose documents were made again or removed, by kind."""

    changed: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def __len__(self) -> int:
        return sum(len(ids) for ids in self.changed.values())


@dataclass(frozen=True)
class Lag:
    """How far the index is behind: notes that wait, and the seconds since the oldest was written."""

    waiting: int = 0
    seconds: float = 0.0


def note(kind: str, object_ids: Iterable[int]) -> None:
    """Remember that these objects changed, inside the caller's transaction, and ask for a drain once it commits.

    Also while the engine is away: the notes wait for it. Without any engine there is nothing to keep in step.
    """
    if engines.current() is None:
        return
    at = clock.now()
    ids = iter(object_ids)
    while some := list(islice(ids, _NOTED)):
        PendingChange.objects.bulk_create(
            PendingChange(kind=kind, object_id=object_id, changed_at=at) for object_id in some
        )
    transaction.on_commit(_request_drain, robust=True)


def _request_drain() -> None:
    jobs.request("search.tasks.drain")


def lag() -> Lag:
    """How far the index is behind; one query."""
    found = PendingChange.objects.aggregate(n=Count("pk"), oldest=Min("changed_at"))
    if found["oldest"] is None:
        return Lag()
    return Lag(found["n"], max(0.0, (clock.now() - found["oldest"]).total_seconds()))


def drain() -> Drained:
    """Bring the index up to date; safe to repeat, and to run twice at a time. Returns what changed.

    While the engine is away the notes wait for the next drain, and a warning says how many.
    """
    done = Drained()
    engine = engines.current()
    until = time.monotonic() + LONGEST
    try:
        # Asked after each batch has let go of the lock: a drain that found it taken left its notes to us.
        while PendingChange.objects.exists() and time.monotonic() < until:
            if not _drain_batch(engine, done):
                break
    except EngineUnavailable as error:
        _warn(error)
    return done


def _drain_batch(engine: Engine | None, done: Drained) -> bool:
    """List some notes, take a version, read the objects, write, delete those notes; in this order (search.versions).
    False where another process is at it."""
    with locks.held(Lock.DRAIN) as alone:
        if not alone:
            return False
        pending = list(PendingChange.objects.all()[:BATCH])
        by_kind: dict[str, set[int]] = defaultdict(set)
        for change in pending:
            by_kind[change.kind].add(change.object_id)
        if engine is not None and pending:
            version = next_version()
            for kind, ids in by_kind.items():
                refresh(engine, kind, ids, version)
        PendingChange.objects.filter(pk__in=[change.pk for change in pending]).delete()
    for kind, ids in by_kind.items():
        done.changed[kind] |= ids
    return True


def refresh(engine: Engine, kind: str, object_ids: Iterable[int], version: int) -> None:
    """Make the documents of these objects again; those that should not be found any more are removed.

    `version` must have been taken before the call: the objects are read here.
    """
    ids = sorted(object_ids)
    made = [replace(document, version=version) for document in _made(kind, ids)]
    kept = {document.id for document in made}
    possible = (document_id(kind, object_id, locale) for object_id in ids for locale in documents.locales())
    engine.remove([gone for gone in possible if gone not in kept], version)
    engine.put(made)


def _made(kind: str, ids: Sequence[int]) -> Iterator[Document]:
    """The documents of objects. One whose documents cannot be made holds up no other: it leaves the index, since what
    stands there may be what nobody should find any more."""
    try:
        made = list(documents.build(kind, ids))
    except DatabaseError:
        raise
    except Exception:
        if len(ids) > 1:
            for object_id in ids:
                yield from _made(kind, [object_id])
            return
        log.exception("search: %s %s has no documents until it is changed or the index is rebuilt", kind, ids)
        return
    yield from made


def _warn(error: EngineUnavailable) -> None:
    """Once a minute however many drains fail: each change asks for one."""
    behind = lag()
    if cache.add("search-drain-warned", True, _WARNED):
        log.warning(
            "search: the index is not brought up to date, %d changes wait, the oldest for %.0f s: %s",
            behind.waiting,
            behind.seconds,
            error,
        )
