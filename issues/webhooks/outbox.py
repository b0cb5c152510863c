"""Sends the messages that wait, in their order for each endpoint. Any number of workers may run it at the same time.

A worker takes an endpoint for a while by one conditional update, then sends its oldest waiting message, and the next
one only after that. A message that fails holds back those behind it until it is delivered or given up: receivers can
rely on the order. A worker that dies leaves the endpoint to the others when its time is over; the message is sent again
with the same id.
"""

import logging
from datetime import datetime, timedelta
from http import HTTPStatus
from http.client import HTTPException

from django.db.models import Q

from core import clock
from issues.models import WebhookDelivery, WebhookEndpoint
from issues.webhooks import signing, transport
from issues.webhooks.address import AddressRefused
from issues.webhooks.notices import send_notices
from issues.webhooks.payload import body_of, message_id
from issues.webhooks.retry_after import pause_asked_for

logger = logging.getLogger(__name__)

TRIES = 8
FIRST_PAUSE = timedelta(minutes=1)  # doubles: 1, 2, 4 … 64 minutes, then it is given up
SWITCHED_OFF_AFTER = timedelta(hours=24)  # without a single delivery
BATCH = 50  # messages of one endpoint in one run
LEASE = timedelta(seconds=transport.TOTAL_SECONDS * 4)
_USER_AGENT = "TrongNgay-Webhooks/1"
_ASK_FOR_TIME = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
State = WebhookDelivery.State
Reason = WebhookEndpoint.Reason


def deliver_due() -> int:
    """Send what may go now; returns how many messages were delivered."""
    send_notices()
    now = clock.now()
    due = WebhookDelivery.objects.filter(state=State.WAITING, next_attempt_at__lte=now)
    running = WebhookEndpoint.objects.filter(active=True, disabled_at=None, pk__in=due.values("endpoint_id"))
    return sum(_serve(pk) for pk in running.order_by("pk").values_list("pk", flat=True))


def _serve(pk: int) -> int:
    """The waiting messages of one endpoint, oldest first, until one has to wait."""
    delivered = 0
    for _n in range(BATCH):
        until = _claim(pk)
        if until is None:
            break
        try:
            sent = _send_oldest(pk)
        finally:
            WebhookEndpoint.objects.filter(pk=pk, claimed_until=until).update(claimed_until=None)
        if not sent:
            break
        delivered += 1
    return delivered


def _claim(pk: int) -> datetime | None:
    """Until when the endpoint is ours; None when another worker has it."""
    now = clock.now()
    until = now + LEASE
    free = Q(claimed_until=None) | Q(claimed_until__lt=now)
    running = WebhookEndpoint.objects.filter(free, pk=pk, active=True, disabled_at=None)
    return until if running.update(claimed_until=until) else None


def _send_oldest(pk: int) -> bool:
    """True when a message was delivered, so that the next may follow."""
    rows = WebhookDelivery.objects.filter(endpoint_id=pk, state=State.WAITING).order_by("id")
    row = rows.select_related("endpoint", "event__ticket").first()
    if row is None or row.next_attempt_at > clock.now():
        return False
    row.attempts += 1
    row.next_attempt_at = clock.now() + FIRST_PAUSE * 2 ** (row.attempts - 1)
    row.save(update_fields=["attempts", "next_attempt_at"])
    try:
        answer = _post(row)
    except (AddressRefused, OSError, HTTPException, ValueError) as error:
        _failed(row, None, f"{type(error).__name__}: {error}"[:300])
        return False
    if not answer.ok:
        _failed(row, answer, f"status {answer.status}")
        return False
    _delivered(row, answer)
    return True


def _post(row: WebhookDelivery) -> transport.Answer:
    body, identity, now = body_of(row), message_id(row), clock.now()
    valid = row.endpoint.secrets.filter(Q(expires_at=None) | Q(expires_at__gt=now)).order_by("-id")
    signed = signing.headers([key.secret for key in valid], identity, now, body)
    headers = {"Content-Type": "application/json", "User-Agent": _USER_AGENT, **signed}
    return transport.post(row.endpoint.url, body, headers)


def _delivered(row: WebhookDelivery, answer: transport.Answer) -> None:
    row.state, row.sent_at, row.last_error = State.SENT, clock.now(), ""
    _keep(row, answer)
    WebhookEndpoint.objects.filter(pk=row.endpoint_id).update(failing_since=None)


def _failed(row: WebhookDelivery, answer: transport.Answer | None, reason: str) -> None:
    """Note the failure; give the message up after its last try, and the endpoint after a day without any delivery, or
    when the receiver says that it is gone (410). A receiver that asks for time (429, 503) gets it.

    What waits for an endpoint that was switched off stays: the one that was being tried, too.
    """
    endpoint, now = row.endpoint, clock.now()
    WebhookEndpoint.objects.filter(pk=endpoint.pk, failing_since=None).update(failing_since=now)
    since = endpoint.failing_since or now
    gone = answer is not None and answer.status == HTTPStatus.GONE
    off = gone or now - since >= SWITCHED_OFF_AFTER
    if answer is not None and answer.status in _ASK_FOR_TIME:
        asked = pause_asked_for(answer.retry_after, now)
        row.next_attempt_at = max(row.next_attempt_at, now + asked) if asked is not None else row.next_attempt_at
    if row.attempts >= TRIES and not off:
        row.state = State.FAILED
    row.last_error = reason
    _keep(row, answer)
    if off:
        why = Reason.GONE if gone else Reason.FAILING
        running = WebhookEndpoint.objects.filter(pk=endpoint.pk, disabled_at=None)
        running.update(disabled_at=now, disabled_for=why, notice_due_at=now)
        logger.error("webhook %s switched off (%s): nothing was delivered since %s", endpoint.pk, why, since)
    else:
        logger.warning("webhook %s: message %s failed (try %s): %s", endpoint.pk, row.pk, row.attempts, reason)


def _keep(row: WebhookDelivery, answer: transport.Answer | None) -> None:
    row.status = answer.status if answer else None
    row.duration_ms = answer.duration_ms if answer else None
    row.response = answer.body.replace("\0", "")[:500] if answer else ""
    row.save(update_fields=["state", "sent_at", "last_error", "status", "duration_ms", "response", "next_attempt_at"])
