"""`{% load boards %}`: parts of the board, the wall and the figures."""

from typing import Any

from django import template
from django.template.context import Context

from accounts import people
from issues.charts import daybar
from issues.clocks.clock_view import ClockView
from issues.notifications.inbox import unread_count
from issues.sentences.clock_words import ClockWords

register = template.Library()


@register.inclusion_tag("issues/wall/row.html", takes_context=True)
def daybar_wall(context: Context, view: ClockView | None) -> dict[str, Any]:
    """Time and bar of one row of the wall."""
    if view is None:
        return {}
    hours = getattr(context.get("user"), "time_format", None) or "24"
    return {"view": view, "words": ClockWords(view, hours), "day": daybar.row(view)}


@register.simple_tag(takes_context=True)
def unread_notifications(context: Context) -> int:
    """How many notifications the reader has not read; for the icon in the masthead. One query."""
    return unread_count(people.of(context.get("user")))


@register.filter
def whole_percent(share: float) -> int:
    """A share (0.85) as a whole number of per cent."""
    return round(share * 100)


@register.filter
def unbroken(text: str) -> str:
    """The text with spaces at which no line breaks."""
    return text.replace(" ", "\u00a0")


@register.filter
def first_word(text: str) -> str:
    return text.partition(" ")[0]


@register.filter
def other_words(text: str) -> str:
    return text.partition(" ")[2]


@register.filter
def times(number: int) -> range:
    """To repeat something: `{% for _ in number|times %}`."""
    return range(number)
