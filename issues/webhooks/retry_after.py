"""The header with which a receiver asks for time (RFC 9110, 10.2.3)."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

LONGEST = timedelta(hours=12)  # a receiver that asks for more is tried again then


def pause_asked_for(header: str, now: datetime) -> timedelta | None:
    """How long to wait, at most LONGEST: from seconds or from a date. None where the header says neither."""
    text = header.strip()
    if text.isascii() and text.isdecimal():
        return min(timedelta(seconds=int(text[:9])), LONGEST)
    try:
        until = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if until.tzinfo is None:  # "-0000", and forms of old servers: all of them mean GMT
        until = until.replace(tzinfo=UTC)
    return min(max(until - now, timedelta()), LONGEST)
