"""How a person wants to be notified. Waiting mails follow the new choice."""

from collections.abc import Mapping
from datetime import time
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import NotSignedIn
from issues.actions.fields import Fields
from issues.actor import Actor
from issues.mail.stop_token import stopped_ways
from issues.models import About, DigestTime, Notification, NotificationChoices, Way
from issues.notifications.about import is_always_mailed
from issues.notifications.preferences import PERMITTED, Choices, choices_of

State, Mode = Notification.State, Notification.Mode
_SWITCHED_OFF = "switched off by the person"


def change_choices(
    *,
    actor: Actor,
    ways: Mapping[str, Any],
    digest_time: Any,
    digest_hour: Any = 8,
    quiet_from: time | None = None,
    quiet_to: time | None = None,
    quiet_closed_days: Any = False,
) -> NotificationChoices:
    """Save the actor's choices and plan their waiting mails again.

    `ways` maps each of About to one of the ways that are permitted for it. Raises NotSignedIn, or Invalid naming
    the field.
    """
    if not actor.person.is_signed_in:
        raise NotSignedIn(_("Please sign in first."))
    fields = Fields()
    chosen = {
        about: fields.choice(about, ways.get(about), [str(w) for w in PERMITTED[about]]) for about in About.values
    }
    moment = fields.choice("digest_time", digest_time, DigestTime.values)
    hour = fields.whole_number("digest_hour", digest_hour, lowest=0, highest=23)
    if (quiet_from is None) != (quiet_to is None):
        missing = "quiet_to" if quiet_to is None else "quiet_from"
        fields.add(missing, _("Quiet hours need a beginning and an end."))
    if quiet_from is not None and quiet_from == quiet_to:
        fields.add("quiet_to", _("Beginning and end are the same: leave both empty for no quiet hours."))
    quiet_days = fields.flag("quiet_closed_days", quiet_closed_days)
    fields.done()
    with transaction.atomic():
        row, _created = NotificationChoices.objects.update_or_create(
            user=actor.user,
            defaults={
                **chosen,
                "digest_time": moment,
                "digest_hour": hour,
                "quiet_from": quiet_from,
                "quiet_to": quiet_to,
                "quiet_closed_days": quiet_days,
            },
        )
        plan_again(actor.user.pk)
    return row


def stop_mails(*, actor: Actor, what: str) -> None:
    """Stop one kind of mail (one of About, or the digest); its events are still found in the application.

    Raises NotSignedIn. A second call changes nothing.
    """
    if not actor.person.is_signed_in:
        raise NotSignedIn(_("Please sign in first."))
    ways = choices_of([actor.user.pk])[actor.user.pk].ways
    with transaction.atomic():
        NotificationChoices.objects.update_or_create(user=actor.user, defaults=stopped_ways(dict(ways), what))
        plan_again(actor.user.pk)


def plan_again(user_id: int) -> None:
    """Apply the current choices to the person's waiting mails that were not tried yet."""
    choices = choices_of([user_id]).get(user_id)
    if choices is None:
        return
    waiting = Notification.objects.select_for_update(of=("self",)).filter(
        user_id=user_id, channel=Notification.Channel.MAIL, state=State.WAITING, attempts=0
    )
    rows = list(waiting.select_related("event"))
    for row in rows:
        _plan(row, choices)
    Notification.objects.bulk_update(rows, ["state", "mode", "next_attempt_at", "last_error"])


def _plan(row: Notification, choices: Choices) -> None:
    way = choices.ways[row.about]
    if row.event is not None and is_always_mailed(row.event.type, row.reason, row.event.data):
        way = Way.NOW
    if way in (Way.APP, Way.OFF):
        row.state, row.last_error = State.SKIPPED, _SWITCHED_OFF
        return
    mode = Mode.DIGEST if way == Way.DIGEST else Mode.ONCE
    row.mode, row.next_attempt_at = choices.plan(mode, clock.now())
