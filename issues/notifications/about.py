"""What an event means to the person who is notified of it, and what nobody can switch off. Pure.

A new type of event needs no line here: for the enterprise it is progress, for the officer in charge too,
for everybody else it is the rest. Events that ask the reader to do something are in `_WAITS`.
"""

from collections.abc import Mapping
from typing import Any

from issues.models.choices import ClockKind
from issues.models.notification_choices import About
from issues.notifications.recipients import Group

G = Group
_WAITS: Mapping[str, tuple[Group, ...]] = {
    "ticket.routing_pending": (G.COORDINATOR,),
    "ticket.routed": (G.ASSIGNEE, G.DUTY),
    "ticket.accepted": (G.ASSIGNEE,),
    "ticket.reassigned": (G.ASSIGNEE,),
    "ticket.suggested": (G.ASSIGNEE,),
    "ticket.info_requested": (G.FILER, G.ENTERPRISE),
    "ticket.info_provided": (G.ASSIGNEE,),
    "ticket.returned": (G.COORDINATOR,),
    "ticket.resolved": (G.FILER, G.ENTERPRISE),  # to confirm, to rate, or to reopen
    "ticket.disputed": (G.ENTERPRISE,),  # to reopen, or to confirm after all
    "ticket.reopened": (G.ASSIGNEE,),
    "ticket.publication_proposed": (G.HEAD, G.COORDINATOR),
    "consultation.requested": (G.CONSULTED,),
    "consultation.answered": (G.ASSIGNEE,),
    "extension.requested": (G.LEADER,),
    "message.posted": (G.ASSIGNEE,),
    "message.from_party": (G.ASSIGNEE,),
    "mail.noted": (G.SENDER,),
    "note.posted": (G.MENTIONED,),
}
_OWN = (G.FILER, G.ENTERPRISE, G.PARTY, G.ASSIGNEE, G.UPLOADER, G.CONSULTED)
_ANSWERABLE = (G.ASSIGNEE, G.HEAD, G.LEADER)
_BREACH_PERCENT = 100


def about(type_: str, group: str) -> About:
    """Under which of the person's choices an event falls."""
    if type_.startswith("clock."):
        return About.CLOCK
    if group in _WAITS.get(type_, ()):
        return About.WAITS
    return About.PROGRESS if group in _OWN else About.REST


def is_always_mailed(type_: str, group: str, data: Mapping[str, Any]) -> bool:
    """Whether it is mailed immediately whatever the person chose: a missed due time, to those who are responsible."""
    if group not in _ANSWERABLE or data.get("clock") == ClockKind.CONSULTATION:
        return False
    if type_ == "clock.breached":
        return True
    return type_ == "clock.timer" and int(data.get("percent", 0)) >= _BREACH_PERCENT
