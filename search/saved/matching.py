"""Asks the saved searches about the projects that changed, once these are in the index.

A change is noted in the transaction that makes it, and forgotten only when every search was asked: a worker that dies
or an engine that is away loses nothing. A round asks all searches about up to 500 changed projects at once, so an
import costs as many queries as there are searches, not searches times projects; equal searches of several people are
asked once. It goes through the searches in batches and remembers where it is.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.db import transaction

from core import clock, jobs
from investment.catalogue import EngineUnavailable
from search import engines
from search.engines.base import Kind
from search.models import ChangedProject, MatchRound, PendingChange, SavedSearch, SavedSearchItem
from search.saved.listing import query_of
from search.saved.running import Runner

logger = logging.getLogger(__name__)

TASK = "search.tasks.match_saved"
MOST_CHANGES = 500  # projects of one round
BATCH = 200  # searches between two notes of how far a round is
HELD = timedelta(minutes=2)  # by a worker, renewed with each batch


def note(project_ids: Iterable[int]) -> None:
    """Remember, inside the caller's transaction, that these projects changed."""
    ChangedProject.objects.bulk_create(ChangedProject(project_id=pk) for pk in project_ids)
    if engines.current() is None:  # then no drain comes that would ask
        transaction.on_commit(after_drain, robust=True)


def after_drain() -> None:
    """Ask a worker for a round where changes wait. Another task, so that the index never waits for the searches."""
    if ChangedProject.objects.exists():
        jobs.request(TASK)


def match_changes() -> int:
    """Ask every saved search about what changed; returns how many rounds were finished. Safe to repeat, and to run
    twice at a time. While the engine is away everything stays as it is."""
    finished = 0
    while ChangedProject.objects.exists():  # asked without a lock: this runs every few seconds
        taken = _take_round()
        if taken is None:
            break
        try:
            _finish(taken)
        except EngineUnavailable as error:
            MatchRound.objects.filter(pk=taken.pk).update(held_until=clock.now())
            logger.warning("saved searches wait for the search engine: %s", error)
            break
        finished += 1
    return finished


def _take_round() -> MatchRound | None:
    """A round that its worker left, or a new one of changes that are in the index by now."""
    now = clock.now()
    with transaction.atomic():
        rounds = MatchRound.objects.select_for_update(skip_locked=True).filter(held_until__lte=now)
        taken = rounds.order_by("pk").first()
        if taken is None:
            drained = ChangedProject.objects.filter(round=None, is_followed_up=True).exclude(
                project_id__in=PendingChange.objects.filter(kind=Kind.PROJECT).values("object_id")
            )
            changes = list(drained.select_for_update(skip_locked=True, of=("self",)).order_by("pk")[:MOST_CHANGES])
            if not changes:
                return None
            taken = MatchRound()
        taken.held_until = now + HELD
        if taken.pk is None:
            taken.save()
            ChangedProject.objects.filter(pk__in=[change.pk for change in changes]).update(round=taken)
        else:
            taken.save(update_fields=["held_until"])
    return taken


def _finish(taken: MatchRound) -> None:
    changed = tuple(sorted(set(taken.changes.values_list("project_id", flat=True))))
    runner = Runner()
    answers: dict[str, set[int]] = {}
    while batch := _batch_after(taken.position):
        found = {search.pk: hits for search in batch if (hits := _hits(runner, search, changed, answers))}
        taken.position = batch[-1].pk
        with transaction.atomic():
            _keep(found)
            MatchRound.objects.filter(pk=taken.pk).update(position=taken.position, held_until=clock.now() + HELD)
    with transaction.atomic():
        taken.changes.all().delete()
        taken.delete()


def _batch_after(position: int) -> Sequence[SavedSearch]:
    searches = SavedSearch.objects.filter(pk__gt=position, user__is_active=True).defer("known")
    return list(searches.exclude(frequency=SavedSearch.Frequency.NEVER).order_by("pk")[:BATCH])


def _hits(runner: Runner, search: SavedSearch, changed: tuple[int, ...], answers: dict[str, set[int]]) -> set[int]:
    if search.key not in answers:
        try:
            answers[search.key] = runner.ids(query_of(search), among=changed)
        except EngineUnavailable:
            raise
        except Exception:  # one search must not hold up all others
            logger.exception("saved search %s cannot be asked", search.pk)
            answers[search.key] = set()
    return answers[search.key]


def _keep(found: dict[int, set[int]]) -> None:
    """Write what is new to each search. The database itself refuses the same project twice."""
    if not found:
        return
    now = clock.now()
    known = dict(SavedSearch.objects.select_for_update().filter(pk__in=found).values_list("pk", "known"))
    SavedSearchItem.objects.bulk_create(
        (
            SavedSearchItem(search_id=search, object_id=pk, found_at=now)
            for search, seen in known.items()
            for pk in sorted(found[search] - set(seen))
        ),
        ignore_conflicts=True,
    )
