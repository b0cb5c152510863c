"""Notifies other processes of new events. It carries no data: a lost announcement only costs a delay."""

from channels.layers import get_channel_layer
from django.conf import settings
from django.db import transaction

from core import background, clock, jobs

GROUP = "events"  # of the channel layer


def announce_on_commit() -> None:
    """Announce once after the running transaction commits, however many events it wrote."""
    if clock.is_fixed():  # past days are being loaded: nobody waits for them, and beat finds them
        return
    transaction.on_commit(_announce, robust=True)


def _announce() -> None:
    # Only a shared layer reaches other processes; without one they poll the database (design §5, Live).
    if settings.TN_REDIS_URL:
        background.run_soon("announcing new events to open pages", _notify_hubs)
    jobs.request("issues.tasks.drain_events")


async def _notify_hubs() -> None:
    await get_channel_layer().group_send(GROUP, {"type": "events.announced"})
