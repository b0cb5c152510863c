"""Keeping the index in step: changes are noted with the change itself, and drained soon after.

A note that is lost with its transaction was never needed; a drain that is lost leaves the notes for the next one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db import connection, transaction

from core import clock, jobs
from search import documents, engines
from search.engines.base import Engine, document_id
from search.models import PendingChange

BATCH = 200
# Any number that no other advisory lock of the product uses.
_DRAIN_LOCK = 7_301_905


@dataclass
class Drained:
    """What one drain did: the ids of the objects whose documents were made again or removed, by kind."""

    changed: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def __len__(self) -> int:
        return sum(len(ids) for ids in self.changed.values())


def note(kind: str, object_ids: Iterable[int]) -> None:
    """Remember that these objects changed, inside the caller's transaction, and ask for a drain once it commits."""
    if engines.current() is None:
        return
    at = clock.now()
    PendingChange.objects.bulk_create(
        PendingChange(kind=kind, object_id=object_id, changed_at=at) for object_id in object_ids
    )
    transaction.on_commit(_request_drain, robust=True)


def _request_drain() -> None:
    jobs.request("search.tasks.drain")


def drain() -> Drained:
    """Bring the index up to date; safe to repeat, and to run twice at a time. Returns what changed.

    Each batch is one transaction that reads the objects, writes their documents and forgets the notes. Only one
    runs at a time, so an older state of an object never overwrites a newer one.
    """
    done = Drained()
    while _drain_batch(done):
        pass
    return done


def _drain_batch(done: Drained) -> bool:
    engine = engines.current()
    if not PendingChange.objects.exists():  # without the write lock: this runs every few seconds
        return False
    with transaction.atomic():
        if not _only_one():
            return False
        pending = list(PendingChange.objects.all()[:BATCH])
        by_kind: dict[str, set[int]] = defaultdict(set)
        for change in pending:
            by_kind[change.kind].add(change.object_id)
        for kind, ids in by_kind.items():
            if engine is not None:
                refresh(engine, kind, ids)
            done.changed[kind] |= ids
        PendingChange.objects.filter(pk__in=[change.pk for change in pending]).delete()
    return len(pending) == BATCH


def _only_one() -> bool:
    """On SQLite the transaction itself holds the only write lock; PostgreSQL needs one of our own."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_DRAIN_LOCK])
        return bool(cursor.fetchone()[0])


def refresh(engine: Engine, kind: str, object_ids: Iterable[int]) -> None:
    """Make the documents of these objects again; those that should not be found any more are removed."""
    ids = sorted(object_ids)
    made = list(documents.build(kind, ids))
    kept = {document.id for document in made}
    possible = (document_id(kind, object_id, locale) for object_id in ids for locale in documents.locales())
    engine.remove(gone for gone in possible if gone not in kept)
    engine.put(made)


def rebuild(engine: Engine, progress: Callable[[str, int, int], None] = lambda kind, done, total: None) -> int:
    """Build a new index from all objects and put it in the place of the old; returns its number of documents.

    Searching goes on in the old index until then. Each batch is read and written in one transaction, and changes
    drained in that time reach both indexes, so nothing is lost and nothing old reappears.
    """
    new = engine.start_rebuild()
    try:
        for kind in documents.kinds():
            ids = documents.all_ids(kind)
            for start in range(0, len(ids), BATCH):
                with transaction.atomic():
                    new.put(documents.build(kind, ids[start : start + BATCH]))
                progress(kind, min(start + BATCH, len(ids)), len(ids))
        return new.finish()
    except BaseException:
        new.abandon()
        raise
