"""The code that is sent to the contact person of an enterprise, to prove that somebody acts for it.

It is derived from the request, the instant it was sent and the secret key: neither the database nor a queue holds it.
"""

import re
from datetime import timedelta

from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.models import MembershipRequest
from core import clock

DIGITS = 8
VALID = timedelta(hours=24)
TRIES = 5  # wrong ones, of each code


def contact_code(request: MembershipRequest) -> str:
    """The code that was sent last for this request; empty where none was sent."""
    if request.code_sent_at is None:
        return ""
    content = f"{request.pk}:{request.code_sent_at.timestamp():.6f}"
    digest = salted_hmac("accounts.contact_code", content, algorithm="sha256").digest()
    return f"{int.from_bytes(digest[:8], 'big') % 10**DIGITS:0{DIGITS}d}"


def is_contact_code(request: MembershipRequest, typed: str) -> bool:
    """Whether this is the code, still valid and not guessed at too often."""
    code = contact_code(request)
    if not code or request.code_sent_at is None or request.code_tries >= TRIES:
        return False
    if clock.now() > request.code_sent_at + VALID:
        return False
    return constant_time_compare(code, re.sub(r"\D", "", typed[:40]))
