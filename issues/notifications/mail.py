"""The consumer that notifies people: events become rows of the outbox, one for each event, person and channel.

Nothing is sent here. Each mail row says from when on it may go, as the person chose. The unique constraint of the rows
makes a second run harmless. Whatever a batch of events needs to know is read for all of them together.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

from django.db.models import prefetch_related_objects

from core import clock
from issues.events.consumers import Consumer
from issues.models import Notification, TicketEvent, Way
from issues.notifications.about import about, is_always_mailed
from issues.notifications.groups import Members, members
from issues.notifications.preferences import Choices, choices_of
from issues.notifications.recipients import EventFacts, Group, Recipient, recipients

# Mail about old events misleads: after a longer stop they are listed in the application only.
MAILED_WITHIN = timedelta(days=3)
_MODES = {Way.NOW: Notification.Mode.ONCE, Way.DIGEST: Notification.Mode.DIGEST}
Reasons = dict[int, Recipient]  # by the id of the person


def notify(events: Sequence[TicketEvent]) -> None:
    """Write the notifications of these events."""
    addressed = {event: recipients(EventFacts(event.type, event.data, event.actor_role)) for event in events}
    addressed = {event: groups for event, groups in addressed.items() if groups}
    if not addressed:
        return
    prefetch_related_objects(list(addressed), "ticket__lead_agency")
    asked: dict[Group, list[TicketEvent]] = defaultdict(list)
    for event, groups in addressed.items():
        for recipient in groups:
            asked[recipient.group].append(event)
    found = members(asked)
    reasons = {event: _reasons(event, groups, found) for event, groups in addressed.items()}
    chosen = choices_of({user_id for people in reasons.values() for user_id in people})
    rows = []
    for event, people in reasons.items():
        late = clock.now() - event.at > MAILED_WITHIN
        for user_id, recipient in people.items():
            if user_id in chosen:
                rows += _rows(event, user_id, recipient, chosen[user_id], late=late)
    Notification.objects.bulk_create(rows, ignore_conflicts=True)


def _reasons(event: TicketEvent, groups: Sequence[Recipient], found: dict[Group, Members]) -> Reasons:
    """Each person once, by the first group that names them; a later group may still add the mail."""
    reasons: Reasons = {}
    for recipient in groups:
        for user_id in found[recipient.group].get(event.pk, ()):
            if user_id == event.actor_id and not recipient.actor_too:
                continue
            if user_id not in reasons or (recipient.mail and not reasons[user_id].mail):
                reasons[user_id] = recipient
    return reasons


def _rows(
    event: TicketEvent, user_id: int, recipient: Recipient, choices: Choices, *, late: bool
) -> list[Notification]:
    """The line in the application and the mail, as far as the person wants them or must be notified."""
    subject = about(event.type, recipient.group)
    required = is_always_mailed(event.type, recipient.group, event.data)
    way = Way.NOW if required else choices.ways[subject]
    if way == Way.OFF:
        return []
    common = {"event": event, "user_id": user_id, "reason": recipient.group, "about": subject}
    in_app = Notification(**common, channel=Notification.Channel.APP, state=Notification.State.SENT, sent_at=event.at)
    if not recipient.mail or late or way == Way.APP:
        return [in_app]
    mode, may_go_at = choices.plan(_MODES[Way(way)], clock.now())
    mail = Notification(**common, channel=Notification.Channel.MAIL, mode=mode, next_attempt_at=may_go_at)
    return [in_app, mail]


MAIL = Consumer("mail", notify)
