"""Something to look at in the pages of operators: mails that could not be delivered, a webhook that does not answer.

Nothing here touches a network: the rows are written as if a mail server and a receiver had answered so.
"""

from datetime import datetime, timedelta

from django.db import transaction

from core import clock
from issues.events.drain import drain
from issues.models import (
    ConsumerCursor,
    ConsumerFailure,
    Notification,
    TicketEvent,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookSecret,
)
from issues.notifications.mail import MAIL
from issues.webhooks import signing
from issues.webhooks.consumer import WEBHOOKS

_REASONS = (
    "SMTPRecipientsRefused: {'…': (550, b'5.1.1 Recipient address rejected: User unknown')}",
    "SMTPRecipientsRefused: {'…': (552, b'5.2.2 Mailbox full')}",
    "SMTPServerDisconnected: Connection unexpectedly closed",
)
_EVERY = 11  # every so manieth mail of the demonstration
_RECEIVER = "https://mot-cua.demo.example/trong-ngay"
_SHOWN = 12  # messages


@transaction.atomic
def load_outgoing(now: datetime) -> int:
    """Write the rows once, as of `now` (aware). Returns how many mails could not be delivered."""
    if WebhookEndpoint.objects.exists() or not TicketEvent.objects.exists():
        return 0
    with clock.at(now):
        drain(MAIL)
        _load_webhook(now)
        return _fail_mails(now)


def _fail_mails(now: datetime) -> int:
    mails = Notification.objects.filter(channel=Notification.Channel.MAIL, state=Notification.State.WAITING)
    chosen = list(mails.order_by("id"))[::_EVERY][: len(_REASONS)]
    for row, reason in zip(chosen, _REASONS, strict=False):
        row.state, row.attempts, row.last_error = Notification.State.FAILED, 8 if "closed" in reason else 1, reason
    Notification.objects.bulk_update(chosen, ["state", "attempts", "last_error"])
    return len(chosen)


def _load_webhook(now: datetime) -> None:
    """A receiver that is switched off by now, with its record, and an event that the consumer gave up."""
    endpoint = WebhookEndpoint.objects.create(
        name="Cổng một cửa điện tử (thí dụ)", url=_RECEIVER, created_at=now - timedelta(days=2), active=False
    )
    WebhookSecret.objects.create(endpoint=endpoint, secret=signing.new_secret(), created_at=endpoint.created_at)
    public = TicketEvent.objects.filter(visibility="public").order_by("-id")
    events = list(public[:_SHOWN])[::-1]
    WebhookDelivery.objects.bulk_create(_message(endpoint, event, number) for number, event in enumerate(events))
    if events:
        ConsumerFailure.objects.create(
            consumer=WEBHOOKS.name,
            event=events[0],
            attempts=8,
            last_error="OperationalError: database is locked",
            next_attempt_at=events[0].at,
            skipped_at=events[0].at + timedelta(minutes=10),
        )
    newest = TicketEvent.objects.order_by("-id").values_list("id", flat=True).first() or 0
    ConsumerCursor.objects.update_or_create(name=WEBHOOKS.name, defaults={"last_event_id": newest})


def _message(endpoint: WebhookEndpoint, event: TicketEvent, number: int) -> WebhookDelivery:
    """Delivered, but for two that were given up."""
    row = WebhookDelivery(endpoint=endpoint, event=event, created_at=event.at, next_attempt_at=event.at, attempts=1)
    if number in (4, _SHOWN - 1):
        row.state, row.attempts, row.status, row.duration_ms = WebhookDelivery.State.FAILED, 8, 503, 1204
        row.response, row.last_error = "Hệ thống đang bảo trì", "status 503"
    else:
        row.state, row.status, row.duration_ms = WebhookDelivery.State.SENT, 204, 60 + 17 * number
        row.sent_at = event.at + timedelta(seconds=3)
    return row
