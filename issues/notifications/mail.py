"""The consumer that tells people: an event becomes rows of the outbox, one for each person and channel.

Nothing is sent here. Each mail row says from when on it may go, as the person chose. The unique constraint of the rows
makes a second run harmless.
"""

from datetime import timedelta

from core import clock
from issues.events.consumers import Consumer
from issues.models import Notification, TicketEvent, Way
from issues.notifications.about import about, must_be_told
from issues.notifications.groups import members
from issues.notifications.preferences import Choices, choices_of
from issues.notifications.recipients import Happening, Told, recipients

# Mail about what is long past misleads; after a longer stop it is found in the application only.
MAILED_WITHIN = timedelta(days=3)
_MODES = {Way.NOW: Notification.Mode.ONCE, Way.DIGEST: Notification.Mode.DIGEST}


def notify(event: TicketEvent) -> None:
    """Write the notifications of one event."""
    happening = Happening(event.type, event.data, event.actor_role)
    reasons = _reasons(event, recipients(happening))
    chosen = choices_of(reasons) if reasons else {}
    late = clock.now() - event.at > MAILED_WITHIN
    rows = []
    for user_id, told in reasons.items():
        if user_id in chosen:
            rows += _rows(event, user_id, told, chosen[user_id], late=late)
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


def _rows(event: TicketEvent, user_id: int, told: Told, choices: Choices, *, late: bool) -> list[Notification]:
    """The line in the application and the mail, as far as the person wants them or has to be told."""
    subject = about(event.type, told.group)
    required = must_be_told(event.type, told.group, event.data)
    way = Way.NOW if required else choices.ways[subject]
    if way == Way.OFF:
        return []
    common = {"event": event, "user_id": user_id, "reason": told.group, "about": subject}
    in_app = Notification(**common, channel=Notification.Channel.APP, state=Notification.State.SENT, sent_at=event.at)
    if not told.mail or late or way == Way.APP:
        return [in_app]
    mode, may_go_at = choices.plan(_MODES[Way(way)], clock.now())
    mail = Notification(**common, channel=Notification.Channel.MAIL, mode=mode, next_attempt_at=may_go_at)
    return [in_app, mail]


MAIL = Consumer("mail", notify)
