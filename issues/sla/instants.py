"""Moments and durations as whole microseconds: integers compare and add exactly, and know no daylight-saving time."""

from datetime import UTC, datetime, timedelta, tzinfo

from issues.sla.errors import CalendarError

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EPOCH_ORDINAL = EPOCH.toordinal()
MICROSECOND = timedelta(microseconds=1)
SECOND = 1_000_000
MINUTE = 60 * SECOND
DAY = 24 * 60 * MINUTE


def to_micros(at: datetime, name: str = "time") -> int:
    """Microseconds since 1970 UTC of an aware datetime; CalendarError when it is naive or no datetime at all."""
    try:
        return span(at - EPOCH)
    except TypeError:
        if isinstance(at, datetime):
            raise CalendarError(f"The {name} {at.isoformat()} has no time zone.") from None
        raise CalendarError(f"The {name} {at!r} is not a date and time.") from None


def from_micros(micros: int, zone: tzinfo) -> datetime:
    """The aware datetime in `zone`; CalendarError outside the years 1 to 9999."""
    try:
        at = EPOCH + micros * MICROSECOND
        return at if zone is UTC else at.astimezone(zone)
    except OverflowError as error:
        raise CalendarError("The calendar covers the years 1 to 9999 only.") from error


def span(duration: timedelta) -> int:
    """A duration in whole microseconds (exact, unlike total_seconds)."""
    return duration.days * DAY + duration.seconds * SECOND + duration.microseconds


def amount(duration: timedelta, name: str) -> int:
    """Microseconds of a duration that may not be negative."""
    if not isinstance(duration, timedelta):
        raise CalendarError(f"The {name} {duration!r} is not a duration.")
    if duration < timedelta(0):
        raise CalendarError(f"The {name} {duration} is negative.")
    return span(duration)
