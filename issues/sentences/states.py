"""The words and icons of a ticket's states (one family of circles that fill up as the work advances)."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class State:
    label: str | Promise
    icon: str


STATES = {
    "draft": State(_("Draft"), "pencil"),
    "submitted": State(_("Awaiting routing"), "circle"),
    "routed": State(_("Awaiting acceptance"), "record-circle"),
    "in_progress": State(_("In progress"), "circle-half"),
    "awaiting_enterprise": State(_("Awaiting enterprise"), "pause-circle"),
    "resolved": State(_("Answered"), "check-circle"),
    "closed": State(_("Closed"), "check-circle-fill"),
    "declined": State(_("Outside competence"), "slash-circle"),
    "withdrawn": State(_("Withdrawn"), "x-circle"),
    "merged": State(_("Merged"), "intersect"),
}


def of(code: str) -> State:
    """The state of a code. Raises KeyError for a code that does not exist."""
    return STATES[code]
