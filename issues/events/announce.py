"""Tells the other processes that there is something to read. It carries nothing: a lost ring costs a delay."""

import logging
import threading
import time

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.conf import settings
from django.db import connection, transaction

from core import clock, jobs

logger = logging.getLogger(__name__)

DOORBELL_GROUP = "events"
_SHORTEST_INTERVAL = 0.1  # seconds between two kicks of the workers from one process
_kicking = threading.Lock()
_kicked_at = float("-inf")  # by any thread of this process


def ring_on_commit() -> None:
    """Ring once after the running transaction commits, however many events it wrote."""
    if clock.is_fixed():  # past days are being loaded: nobody waits for them, and beat finds them
        return
    if not any(waiting[1] is _ring for waiting in connection.run_on_commit):
        transaction.on_commit(_ring, robust=True)


def _ring() -> None:
    _ring_hubs()
    _kick_workers()


def _ring_hubs() -> None:
    """Only a shared layer reaches other processes; without one they poll the database (design §5, Live)."""
    if not settings.TN_REDIS_URL:
        return
    layer = get_channel_layer()
    try:
        async_to_sync(layer.group_send)(DOORBELL_GROUP, {"type": "events.ring"})
    except Exception:  # Redis away: the poll finds the event a second later
        logger.warning("the doorbell is silent; pages follow by polling", exc_info=True)


def _kick_workers() -> None:
    global _kicked_at
    with _kicking:
        now = time.monotonic()
        if now - _kicked_at < _SHORTEST_INTERVAL:
            return
        _kicked_at = now
    try:
        jobs.request("issues.tasks.drain_events")
    except Exception:  # broker away: beat repeats the kick
        logger.warning("the workers could not be kicked; beat will", exc_info=True)
