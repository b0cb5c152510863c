"""The one error of the clock."""


class CalendarError(ValueError):
    """A calendar, target or moment that cannot be used; the message is a sentence that names the value."""
