"""The code that is sent to the contact person of an enterprise, to prove that somebody acts for it.

One for each enterprise, address and hour, derived from the secret key: neither the database nor a queue holds it. It
serves everybody who has asked to act for the enterprise, because it proves that the contact person gave it to them,
and makes only the first member. So whatever strangers ask for, the codes in the mailbox stay good for the person who
should have one, also on a day on which no more mails go there. Wrong ones count for the request of who typed them.
With sixty bits there is nothing to guess, from however many accounts.
"""

from datetime import datetime, timedelta

from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.models import MembershipRequest
from core import clock
from core.readable_codes import clean_code, readable_code

VALID = timedelta(hours=24)  # at least; an hour longer for the first mail of an hour
TRIES = 5  # wrong ones, each time one asks for a mail
_HOUR = 3600


def contact_code(tax_code: str, email: str, at: datetime) -> str:
    """The code in a mail to that contact person, written at that instant."""
    return _code_of_hour(tax_code, email, _hour(at))


def may_try_contact_code(request: MembershipRequest) -> bool:
    """Whether the person has asked for a mail within VALID, and has not guessed too often since."""
    asked = request.code_sent_at
    return asked is not None and clock.now() <= asked + VALID and request.code_tries < TRIES


def is_contact_code(typed: str, tax_code: str, email: str) -> bool:
    """Whether this is the code of a mail to that contact person that is still valid."""
    now, code = _hour(clock.now()), clean_code(typed)
    hours = range(now - int(VALID.total_seconds()) // _HOUR, now + 1)
    return bool(code) and any(constant_time_compare(code, _code_of_hour(tax_code, email, hour)) for hour in hours)


def _hour(at: datetime) -> int:
    return int(at.timestamp()) // _HOUR


def _code_of_hour(tax_code: str, email: str, hour: int) -> str:
    content = f"{tax_code}:{email.lower()}:{hour}"
    digest = salted_hmac("accounts.contact_code", content, algorithm="sha256").digest()
    return readable_code(int.from_bytes(digest[:8], "big"))
