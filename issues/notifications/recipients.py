"""Who is notified of what: one table, event type → groups of people. Pure; groups.py finds the members of a group.

The person who acts is not notified, except by the receipt of a filing, and of what became of their own mail.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from issues.events.types import EVENT_TYPES
from issues.models.choices import ClockKind


class Group(StrEnum):
    """Why somebody is notified; kept with the notification."""

    FILER = "filer"
    ENTERPRISE = "enterprise"  # members of the filer's enterprise
    PARTY = "party"  # members of enterprises that joined or whose ticket was merged into this one
    ASSIGNEE = "assignee"  # or the people who have to answer while there is none
    PREVIOUS = "previous"  # who was in charge before
    DUTY = "duty"  # the lead agency's officers on duty today
    HEAD = "head"
    UPLOADER = "uploader"  # the officer who attached the file
    CONSULTED = "consulted"  # officers of the agency that was asked; its heads where it has none
    CONSULTED_HEAD = "consulted_head"
    SENDER = "sender"  # of the mail that the event is about
    MENTIONED = "mentioned"  # named in a note with an @
    COORDINATOR = "coordinator"
    LEADER = "leader"


@dataclass(frozen=True)
class Recipient:
    """One group of one event. Everybody finds it in the list of the application; `mail` also writes to them."""

    group: Group
    mail: bool = True
    actor_too: bool = False


@dataclass(frozen=True)
class EventFacts:
    """What the table needs to know of an event."""

    type: str
    data: Mapping[str, Any]
    actor_role: str = ""


Row = tuple[Recipient, ...] | Callable[[EventFacts], tuple[Recipient, ...]]


def recipients(facts: EventFacts) -> tuple[Recipient, ...]:
    """The groups to notify. KeyError for a type that is not quiet and not in the table (a test walks through all)."""
    if EVENT_TYPES[facts.type].quiet:
        return NOBODY
    row = TABLE[facts.type]
    return row(facts) if callable(row) else row


def _mail(*groups: Group) -> tuple[Recipient, ...]:
    return tuple(Recipient(group) for group in groups)


def _app(*groups: Group) -> tuple[Recipient, ...]:
    return tuple(Recipient(group, mail=False) for group in groups)


NOBODY: tuple[Recipient, ...] = ()
G = Group


def _submitted(facts: EventFacts) -> tuple[Recipient, ...]:
    """The receipt goes to the filer; where an officer filed for an enterprise, to its members if it has any."""
    if facts.actor_role == "enterprise":
        return (Recipient(G.FILER, actor_too=True), Recipient(G.ENTERPRISE, mail=False))
    return _mail(G.ENTERPRISE)


def _routed(facts: EventFacts) -> tuple[Recipient, ...]:
    """The receipt names the agency that a ticket was sent to on filing; only a later change is notified again."""
    moved = facts.data.get("previous_agency") or facts.data.get("method") == "hand"
    return _mail(G.ASSIGNEE, G.DUTY, G.HEAD) + (_mail(G.ENTERPRISE) if moved else NOBODY)


def _reassigned(facts: EventFacts) -> tuple[Recipient, ...]:
    """One of many is found in the application; the new one gets a single mail with the list of all."""
    if facts.data.get("batch"):
        return _app(G.ASSIGNEE)
    return _mail(G.ASSIGNEE) + _app(G.PREVIOUS)


def _other_side(facts: EventFacts) -> tuple[Recipient, ...]:
    if facts.actor_role == "enterprise":
        return _mail(G.ASSIGNEE)
    return _mail(G.ENTERPRISE, G.ASSIGNEE)


def _other_side_app(facts: EventFacts) -> tuple[Recipient, ...]:
    return _app(*(recipient.group for recipient in _other_side(facts)))


def _blocked(facts: EventFacts) -> tuple[Recipient, ...]:
    """The person who attached it can attach a clean copy; the officer in charge knows why a file is missing."""
    if facts.data.get("from_enterprise"):
        return _mail(G.ENTERPRISE, G.ASSIGNEE)
    return _mail(G.UPLOADER, G.ASSIGNEE)


def _timer(facts: EventFacts) -> tuple[Recipient, ...]:
    """50 %: assignee; 75 %: the head too; from 150 %: the leader too (design §5)."""
    if facts.data.get("clock") == ClockKind.CONSULTATION:
        return _mail(G.CONSULTED)
    percent = int(facts.data.get("percent", 0))
    if percent >= 100:
        return _mail(G.ASSIGNEE, G.HEAD, G.LEADER)
    return _mail(G.ASSIGNEE, G.HEAD) if percent >= 75 else _mail(G.ASSIGNEE)


def _recomputed(facts: EventFacts) -> tuple[Recipient, ...]:
    """The enterprise is notified of the due time of its answer; the other clocks concern the agencies."""
    clock = facts.data.get("clock")
    if clock == ClockKind.CONSULTATION:
        return _mail(G.CONSULTED) + _app(G.ASSIGNEE)
    return _mail(G.ASSIGNEE, G.ENTERPRISE) if clock == ClockKind.RESOLUTION else _app(G.ASSIGNEE)


def _breached(facts: EventFacts) -> tuple[Recipient, ...]:
    """Everybody is notified of a missed answer, the enterprise too; of another missed due time those who work on it.

    A missed opinion also reaches the head of the agency that owes it.
    """
    clock = facts.data.get("clock")
    if clock == ClockKind.CONSULTATION:
        return _mail(G.CONSULTED, G.CONSULTED_HEAD, G.ASSIGNEE) + _app(G.HEAD)
    if clock in (ClockKind.ACCEPTANCE, ClockKind.RESPONSE):
        return _mail(G.ASSIGNEE, G.HEAD)
    return _mail(G.ASSIGNEE, G.HEAD, G.LEADER, G.ENTERPRISE)


TABLE: dict[str, Row] = {
    "ticket.submitted": _submitted,
    "ticket.routing_pending": _mail(G.COORDINATOR),
    "ticket.routed": _routed,
    "ticket.accepted": _app(G.ENTERPRISE) + _mail(G.ASSIGNEE),
    "ticket.reassigned": _reassigned,
    "ticket.suggested": _reassigned,
    "ticket.info_requested": _mail(G.ENTERPRISE),
    "ticket.info_provided": _mail(G.ASSIGNEE),
    "ticket.returned": _mail(G.ENTERPRISE, G.COORDINATOR),
    "ticket.resolved": _mail(G.ENTERPRISE, G.PARTY),
    "ticket.declined": _mail(G.ENTERPRISE, G.PARTY),
    "ticket.confirmed": _app(G.ASSIGNEE),
    "ticket.closed_unconfirmed": _mail(G.ENTERPRISE) + _app(G.ASSIGNEE),
    "ticket.disputed": (Recipient(G.ENTERPRISE, actor_too=True), *_app(G.ASSIGNEE, G.HEAD)),
    "ticket.reopened": _mail(G.ASSIGNEE, G.HEAD),
    "ticket.withdrawn": _mail(G.ASSIGNEE, G.PARTY),
    "ticket.merged": _mail(G.ENTERPRISE) + _app(G.ASSIGNEE),
    "ticket.absorbed": _app(G.ASSIGNEE),
    "ticket.split": _app(G.ENTERPRISE, G.ASSIGNEE),
    "ticket.joined": _app(G.ASSIGNEE),
    "ticket.rated": _app(G.ASSIGNEE, G.HEAD),
    "ticket.publication_proposed": _app(G.HEAD, G.COORDINATOR),
    "ticket.published": _mail(G.ENTERPRISE),
    "consultation.requested": _mail(G.CONSULTED) + _app(G.CONSULTED_HEAD),
    "consultation.answered": _mail(G.ASSIGNEE),
    "consultation.cancelled": _mail(G.CONSULTED) + _app(G.CONSULTED_HEAD),
    "extension.requested": _mail(G.LEADER) + _app(G.ENTERPRISE),
    "extension.decided": _mail(G.ASSIGNEE, G.ENTERPRISE, G.PARTY),
    "message.posted": _other_side,
    "message.from_party": _mail(G.ASSIGNEE),
    "mail.noted": (Recipient(G.SENDER, actor_too=True),),
    "note.posted": _mail(G.MENTIONED),
    "attachment.added": _other_side_app,
    "attachment.blocked": _blocked,
    "attachment.blocked_internal": _mail(G.UPLOADER),
    "clock.timer": _timer,
    "clock.breached": _breached,
    "clock.recomputed": _recomputed,
}
