"""`{% load tickets %}`: the state of a ticket."""

from typing import Any

from django import template

from issues.sentences import states

register = template.Library()


@register.inclusion_tag("components/state.html")
def state(code: str, tag: bool = False) -> dict[str, Any]:
    """Icon and word of a ticket's state; `tag=True` with an edge."""
    known = states.of(str(code))
    return {"code": code, "icon": known.icon, "label": known.label, "tag": tag}
