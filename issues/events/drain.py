"""Brings consumers up to date with the log. Safe to run anywhere, any time, by any number of workers.

The cursor row is locked while a batch is handled: a second worker skips it (PostgreSQL) or waits and finds it moved
(SQLite). Handled events and the moved cursor are one transaction.

An event that fails stops its own consumer alone: the cursor stays before it and it is tried again with growing pauses.
After the last try it is stepped over and stays listed in ConsumerFailure, because one poisoned event must not hold back
everybody's mail; `manage.py retry_skipped` handles it once the cause is mended.
"""

import logging
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import QuerySet

from core import clock
from issues.events.consumers import Consumer, consumers
from issues.models import ConsumerCursor, ConsumerFailure, TicketEvent

logger = logging.getLogger(__name__)

BATCH = 100
TRIES = 8
FIRST_PAUSE = timedelta(seconds=5)  # doubles: the last try comes about ten minutes after the first


def drain_all() -> dict[str, int]:
    """Drain every consumer; one that fails does not stop the others. Returns handled events by consumer."""
    handled = {}
    for consumer in consumers():
        try:
            handled[consumer.name] = drain(consumer)
        except Exception:  # the database went away, say: the next kick tries again
            logger.exception("consumer %s could not be drained", consumer.name)
    return handled


def drain(consumer: Consumer) -> int:
    """Handle everything after the cursor, batch by batch; returns how many events were handled."""
    ConsumerCursor.objects.get_or_create(name=consumer.name)
    total = 0
    while True:
        handled, more = _drain_batch(consumer)
        total += handled
        if not more:
            return total


def _drain_batch(consumer: Consumer) -> tuple[int, bool]:
    """One transaction: handled events, and whether there may be more to do at once."""
    with transaction.atomic():
        cursor = _locked_cursor(consumer.name)
        if cursor is None:
            return 0, False
        found = list(events().filter(id__gt=cursor.last_event_id).order_by("id")[:BATCH])
        handled, stopped = 0, False
        for event in found:
            if not _step(consumer, event):
                stopped = True
                break
            cursor.last_event_id = event.pk
            handled += 1
        if handled:
            cursor.save()
    return handled, len(found) == BATCH and not stopped


def events() -> QuerySet[TicketEvent]:
    """The log with what handlers read of it."""
    return TicketEvent.objects.select_related("ticket__lead_agency", "ticket__enterprise", "ticket__assignee")


def _locked_cursor(name: str) -> ConsumerCursor | None:
    skip = connection.vendor == "postgresql"
    return ConsumerCursor.objects.select_for_update(skip_locked=skip).filter(name=name).first()


def _step(consumer: Consumer, event: TicketEvent) -> bool:
    """Handle one event; False when it failed and has to wait. True also when it is stepped over for good."""
    failure = ConsumerFailure.objects.filter(consumer=consumer.name, event=event).first()
    if failure is not None and failure.next_attempt_at > clock.now():
        return False
    try:
        with transaction.atomic():
            consumer.handle(event)
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
        consumer.name, event.pk, failure.attempts, TRIES, ", stepped over" if over else "",
        exc_info=error,
    )  # fmt: skip
    return over


def retry_skipped() -> dict[str, int]:
    """Handle what was stepped over; returns how many events succeeded by consumer. What fails again stays listed."""
    done: dict[str, int] = {}
    for failure in ConsumerFailure.objects.filter(skipped_at__isnull=False).order_by("event_id"):
        if retry(failure) is None:
            done[failure.consumer] = done.get(failure.consumer, 0) + 1
    return done


def retry(failure: ConsumerFailure) -> str | None:
    """Handle one event that was stepped over; what went wrong, or None when it is done."""
    consumer = next((consumer for consumer in consumers() if consumer.name == failure.consumer), None)
    if consumer is None:
        return f"there is no consumer {failure.consumer} any more"
    try:
        with transaction.atomic():
            consumer.handle(events().get(pk=failure.event_id))
            failure.delete()
    except Exception as error:
        logger.exception("consumer %s: event %s failed again", failure.consumer, failure.event_id)
        failure.last_error = f"{type(error).__name__}: {error}"[:2000]
        ConsumerFailure.objects.filter(pk=failure.pk).update(last_error=failure.last_error)
        return failure.last_error
    return None
