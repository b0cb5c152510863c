"""`{% load boards %}`: parts of the board, the wall and the figures."""

from typing import Any

from django import template
from django.template.context import Context

from issues import daybar
from issues.clock_words import ClockWords
from issues.queries.clock_view import ClockView

register = template.Library()


@register.inclusion_tag("issues/wall/row.html", takes_context=True)
def daybar_wall(context: Context, view: ClockView | None, agency: str) -> dict[str, Any]:
    """Time, bar and agency of one row of the wall."""
    if view is None:
        return {"agency": agency}
    hours = getattr(context.get("user"), "time_format", None) or "24"
    return {"view": view, "words": ClockWords(view, hours), "day": daybar.row(view), "agency": agency}


@register.filter
def whole_percent(share: float) -> int:
    """A share (0.85) as a whole number of per cent."""
    return round(share * 100)


@register.filter
def times(number: int) -> range:
    """To repeat something: `{% for _ in number|times %}`."""
    return range(number)
