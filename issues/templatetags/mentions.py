"""`{% load mentions %}`: what somebody wrote, with the people it mentions marked."""

import re
from collections.abc import Sequence

from django import template
from django.template.defaultfilters import linebreaksbr
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def with_mentions(text: str, names: Sequence[str]) -> SafeString:
    """The text with its line breaks; each `@name` of the names is marked. Everything is escaped."""
    safe = escape(text)
    if names:
        longest_first = sorted((re.escape(escape(name)) for name in names), key=len, reverse=True)
        marked = re.compile(rf"@(?:{'|'.join(longest_first)})(?!\w)", re.IGNORECASE)
        safe = mark_safe(marked.sub(lambda found: f'<b class="mention">{found[0]}</b>', safe))
    return linebreaksbr(safe)
