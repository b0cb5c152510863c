"""`{% load tickets %}`: the state of a ticket, and time limits in words."""

from typing import Any

from django import template
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from issues.actor import MARK, mark_of
from issues.sentences import limit_words, states

register = template.Library()


@register.inclusion_tag("components/state.html")
def state(code: str, tag: bool = False) -> dict[str, Any]:
    """Icon and word of a ticket's state; `tag=True` with an edge."""
    known = states.of(str(code))
    return {"code": code, "icon": known.icon, "label": known.label, "tag": tag}


@register.simple_tag(takes_context=True)
def typed_by(context: Context) -> SafeString:
    """A hidden field that says who is shown this form, so that nobody else is given what they typed."""
    return format_html('<input type="hidden" name="{}" value="{}">', MARK, mark_of(context["user"]))


@register.simple_tag
def time_limit(name: str) -> str:
    """One of `issues.sentences.limit_words.LIMITS` in words, for a sentence: `{% time_limit "reopening" as time %}`."""
    return limit_words.LIMITS[name]()


@register.filter(is_safe=True)
def with_limits(text: str) -> str:
    """What editors wrote, with the time limits that it names in braces."""
    return limit_words.fill_in(text)
