"""Brings consumers up to date with the log. Safe to run anywhere, any time, by any number of workers.

A batch is one transaction: the cursor row is locked, the events after it are handled together, the cursor moves once.
A second worker skips a locked cursor (PostgreSQL) or waits and finds it moved (SQLite). Consumers go in rounds, one
batch each, so that a slow one does not keep the others waiting.

When a batch fails it is undone and its events are handled one by one. An event that fails stops its own consumer
alone: the cursor stays before it and it is tried again with growing pauses. After the last try it is skipped and stays
listed in ConsumerFailure, because one poisoned event must not hold back everybody's mail; `manage.py retry_skipped`
handles it once the cause is removed.
"""

import logging
from collections.abc import Sequence
from datetime import timedelta

from django.db import connection, transaction

from core import clock
from issues.events.consumers import Consumer, consumers
from issues.models import ConsumerCursor, ConsumerFailure, TicketEvent

logger = logging.getLogger(__name__)

BATCH = 100
TRIES = 8
FIRST_PAUSE = timedelta(seconds=5)  # doubles: the last try comes about ten minutes after the first


def drain_all() -> dict[str, int]:
    """Drain every consumer, one batch of each in a round; one that fails does not stop the others.

    Returns handled events by consumer.
    """
    handled = {consumer.name: 0 for consumer in consumers()}
    waiting = _behind(consumers())
    while waiting:
        waiting = [consumer for consumer in waiting if _has_more(consumer, handled)]
    return handled


def _has_more(consumer: Consumer, handled: dict[str, int]) -> bool:
    """Drain one batch and count it; whether another one may follow immediately."""
    try:
        number, more = _drain_batch(consumer)
    except Exception:  # the database went away, say: the next call tries again
        logger.exception("consumer %s could not be drained", consumer.name)
        return False
    handled[consumer.name] += number
    return more


def drain(consumer: Consumer) -> int:
    """Handle everything after the cursor of one consumer, batch by batch; returns how many events were handled."""
    total, more = 0, bool(_behind([consumer]))
    while more:
        number, more = _drain_batch(consumer)
        total += number
    return total


def _behind(among: Sequence[Consumer]) -> list[Consumer]:
    """Those that have events to read. Asked without a lock, because most of the time there is nothing to do."""
    reached = dict(ConsumerCursor.objects.values_list("name", "last_event_id"))
    missing = [ConsumerCursor(name=consumer.name) for consumer in among if consumer.name not in reached]
    if missing:
        ConsumerCursor.objects.bulk_create(missing, ignore_conflicts=True)
    newest = TicketEvent.objects.order_by("-id").values_list("pk", flat=True).first() or 0
    return [consumer for consumer in among if reached.get(consumer.name, 0) < newest]


def _drain_batch(consumer: Consumer) -> tuple[int, bool]:
    """One transaction: handled events, and whether there may be more to do immediately."""
    with transaction.atomic():
        cursor = _locked_cursor(consumer.name)
        if cursor is None:
            return 0, False
        found = list(TicketEvent.objects.filter(id__gt=cursor.last_event_id).order_by("id")[:BATCH])
        handled = _handle(consumer, found) if found else 0
        if handled:
            cursor.last_event_id = found[handled - 1].pk
            cursor.save()
    return handled, handled == BATCH


def _locked_cursor(name: str) -> ConsumerCursor | None:
    skip = connection.vendor == "postgresql"
    return ConsumerCursor.objects.select_for_update(skip_locked=skip).filter(name=name).first()


def _handle(consumer: Consumer, found: Sequence[TicketEvent]) -> int:
    """Handle events, together if possible; how many of them, from the first, the cursor may leave behind."""
    span = {"event_id__gte": found[0].pk, "event_id__lte": found[-1].pk}
    failures = {row.event_id: row for row in ConsumerFailure.objects.filter(consumer=consumer.name, **span)}
    if not failures:
        try:
            with transaction.atomic():
                consumer.handle(found)
        except Exception:
            logger.info("consumer %s: a batch failed and goes one by one", consumer.name, exc_info=True)
        else:
            return len(found)
    for number, event in enumerate(found):
        if not _handle_one(consumer, event, failures.get(event.pk)):
            return number
    return len(found)


def _handle_one(consumer: Consumer, event: TicketEvent, failure: ConsumerFailure | None) -> bool:
    """Handle one event; False when it failed and has to wait. True also when it is skipped for good."""
    if failure is not None and failure.next_attempt_at > clock.now():
        return False
    try:
        with transaction.atomic():
            consumer.handle([event])
    except Exception as error:
        return _note_failure(consumer, event, failure, error)
    if failure is not None:
        failure.delete()
    return True


def _note_failure(consumer: Consumer, event: TicketEvent, failure: ConsumerFailure | None, error: Exception) -> bool:
    failure = failure or ConsumerFailure(consumer=consumer.name, event=event)
    failure.attempts += 1
    failure.last_error = f"{type(error).__name__}: {error}"[:2000]
    failure.next_attempt_at = clock.now() + FIRST_PAUSE * 2 ** (failure.attempts - 1)
    over = failure.attempts >= TRIES
    failure.skipped_at = clock.now() if over else None
    failure.save()
    logger.log(
        logging.ERROR if over else logging.WARNING,
        "consumer %s: event %s failed (try %s of %s)%s",
        consumer.name, event.pk, failure.attempts, TRIES, ", skipped" if over else "",
        exc_info=error,
    )  # fmt: skip
    return over


def retry_skipped() -> dict[str, int]:
    """Handle what was skipped; returns how many events succeeded by consumer. What fails again stays listed."""
    done: dict[str, int] = {}
    for failure in ConsumerFailure.objects.filter(skipped_at__isnull=False).order_by("event_id"):
        if retry(failure) is None:
            done[failure.consumer] = done.get(failure.consumer, 0) + 1
    return done


def retry(failure: ConsumerFailure) -> str | None:
    """Handle one event that was skipped; what went wrong, or None when it is done."""
    consumer = next((consumer for consumer in consumers() if consumer.name == failure.consumer), None)
    if consumer is None:
        return f"there is no consumer {failure.consumer}"
    try:
        with transaction.atomic():
            consumer.handle([TicketEvent.objects.get(pk=failure.event_id)])
            failure.delete()
    except Exception as error:
        logger.exception("consumer %s: event %s failed again", failure.consumer, failure.event_id)
        failure.last_error = f"{type(error).__name__}: {error}"[:2000]
        ConsumerFailure.objects.filter(pk=failure.pk).update(last_error=failure.last_error)
        return failure.last_error
    return None
