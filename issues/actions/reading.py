"""Marking notifications as read."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from core import clock
from core.errors import NotSignedIn
from issues.actor import Actor
from issues.models import Notification


def mark_read(*, actor: Actor, ids: Iterable[int] | None = None, up_to: int | None = None) -> int:
    """Mark the actor's own unread notifications as read: those of `ids`, or all up to an id; returns how many.

    Later notifications stay unread. Ids of other people's notifications are ignored. Raises NotSignedIn.
    """
    if not actor.person.is_signed_in:
        raise NotSignedIn(_("Please sign in first."))
    which: dict[str, Any] = {"pk__lte": up_to} if up_to is not None else {"pk__in": list(ids or [])}
    unread = Notification.objects.filter(user=actor.user, channel=Notification.Channel.APP, read_at__isnull=True)
    return unread.filter(**which).update(read_at=clock.now())
