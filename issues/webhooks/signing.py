"""Signatures of webhook messages in the form of Standard Webhooks (standardwebhooks.com). Pure.

Signed is `id.timestamp.body` with HMAC-SHA256; the header lists one `v1,<base64>` for each valid secret, so that a
receiver can change its secret without losing a message.
"""

import base64
import binascii
import hashlib
import hmac
import secrets as random
from collections.abc import Iterable
from datetime import datetime

PREFIX = "whsec_"
_BYTES = 32


def new_secret() -> str:
    """A fresh secret as people copy it."""
    return PREFIX + base64.b64encode(random.token_bytes(_BYTES)).decode()


def signature(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """One `v1,…` part. ValueError for what is no secret of ours."""
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error:
        raise ValueError("not a webhook secret") from None
    signed = b".".join([message_id.encode(), str(timestamp).encode(), body])
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def headers(secrets: Iterable[str], message_id: str, at: datetime, body: bytes) -> dict[str, str]:
    """The three headers of a message that is sent at `at`."""
    timestamp = int(at.timestamp())
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signature(secret, message_id, timestamp, body) for secret in secrets),
    }
