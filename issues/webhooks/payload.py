"""What a message says: the event exactly as the HTTP interface gives it (design §7), to the endpoint's audience."""

import json
from typing import Any

from issues.events.serialize import event_json
from issues.models import Visibility, WebhookDelivery

PING = "webhook.ping"


def body_of(delivery: WebhookDelivery) -> bytes:
    """The bytes to send, and to sign. Built again for every try: the log does not change."""
    return json.dumps(_content(delivery), ensure_ascii=False, separators=(",", ":")).encode()


def message_id(delivery: WebhookDelivery) -> str:
    """The same in every try, so that a receiver can leave out what it has."""
    return f"msg_{delivery.uid.hex}"


def _content(delivery: WebhookDelivery) -> dict[str, Any]:
    event = delivery.event
    if event is None:
        return {"type": PING, "at": delivery.created_at.isoformat(), "data": {"webhook": delivery.endpoint.name}}
    return event_json(event, code=event.ticket.code or "", audience=Visibility(delivery.endpoint.audience))
