"""The consumer that tells people: an event becomes rows of the outbox, one for each person and channel.

Nothing is sent here. The unique constraint of the rows makes a second run harmless.
"""

from datetime import timedelta

from core import clock
from issues.consumers.groups import members
from issues.consumers.recipients import Happening, Told, recipients
from issues.consumers.registry import Consumer
from issues.models import Notification, TicketEvent

# Mail about what is long past misleads; after a longer stop it is found in the application only.
MAILED_WITHIN = timedelta(days=3)


def notify(event: TicketEvent) -> None:
    """Write the notifications of one event."""
    happening = Happening(event.type, event.data, event.actor_role)
    reasons = _reasons(event, recipients(happening))
    late = clock.now() - event.at > MAILED_WITHIN
    rows = []
    for user_id, told in reasons.items():
        rows.append(_row(event, user_id, told, Notification.Channel.APP))
        if told.mail and not late:
            rows.append(_row(event, user_id, told, Notification.Channel.MAIL))
    Notification.objects.bulk_create(rows, ignore_conflicts=True)


def _reasons(event: TicketEvent, groups: tuple[Told, ...]) -> dict[int, Told]:
    """Each person once, by the first group that names them; a later group may still add the mail."""
    found: dict[int, Told] = {}
    for told in groups:
        for user_id in members(told.group, event):
            if user_id == event.actor_id and not told.actor_too:
                continue
            if user_id not in found or (told.mail and not found[user_id].mail):
                found[user_id] = told
    return found


def _row(event: TicketEvent, user_id: int, told: Told, channel: str) -> Notification:
    in_app = channel == Notification.Channel.APP
    return Notification(
        event=event,
        user_id=user_id,
        channel=channel,
        reason=told.group,
        state=Notification.State.SENT if in_app else Notification.State.WAITING,
        next_attempt_at=clock.now(),
        sent_at=event.at if in_app else None,
    )


MAIL = Consumer("mail", notify)
