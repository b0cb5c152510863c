"""A ticket as somebody follows it without an account.

Tax codes are public and ticket codes are counted up, so the two together prove nothing: they show what the public feed
shows of the ticket (state, agency, times, public steps), and no word of what was written. The random code of the
receipt shows what the enterprise may read.
"""

import copy
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString

from accounts.tax_code import TaxCodeInvalid, clean_tax_code
from core.readable_codes import clean_code
from issues.events.serialize import actor_name, event_data
from issues.models import Ticket, TicketEvent, TicketStatus, Visibility
from issues.sentences.event_reading import Reading, agency_names
from issues.sentences.event_sentences import sentence_of

_NO_CODE = "-" * 12  # compared with where there is no receipt, so that the time taken is the same
_QUIET = ("ticket.routing_pending", "attachment.added")


@dataclass(frozen=True)
class Step:
    """One thing that happened."""

    type: str
    at: datetime
    text: SafeString
    quote: str


@dataclass(frozen=True)
class Followed:
    """A ticket for a follower; `by_receipt` may read its words."""

    ticket: Ticket
    by_receipt: bool

    @property
    def audience(self) -> Visibility:
        return Visibility.PARTIES if self.by_receipt else Visibility.PUBLIC


def find_followed(code: str, *, tax_code: str = "", follow_up_code: str = "") -> Followed | None:
    """The ticket that both codes name; None for anything else, whatever was wrong.

    A follow-up code opens the words; a tax code alone never does. A wrong follow-up code is wrong, even beside a
    right tax code.
    """
    ticket = (
        Ticket.objects.select_related("enterprise", "lead_agency", "assistance", "merged_into")
        .prefetch_related("clocks")
        .exclude(status=TicketStatus.DRAFT)
        .filter(code=code.strip().upper()[:20])
        .first()
    )
    if follow_up_code:
        found = _matches(_receipt_code(ticket), clean_code(follow_up_code))
    else:
        found = _matches(_tax_code(ticket), _clean(tax_code))
    return Followed(ticket, by_receipt=bool(follow_up_code)) if ticket is not None and found else None


def steps_of(followed: Followed, *, hours: str = "24") -> list[Step]:
    """What happened, as far as the follower may know, the newest first; two queries."""
    audience, ticket = followed.audience, followed.ticket
    levels = [Visibility.PUBLIC, Visibility.PARTIES] if followed.by_receipt else [Visibility.PUBLIC]
    rows = ticket.events.filter(visibility__in=levels).exclude(type__in=_QUIET).order_by("-id")
    events = [_without_names(event, audience) for event in rows]
    names = agency_names(events)
    enterprise = ticket.enterprise.name if ticket.enterprise and followed.by_receipt else ""
    steps = []
    for event in events:
        said = sentence_of(Reading(event, event_data(event, audience=audience), names, enterprise, hours))
        steps.append(Step(event.type, event.at, said.text, said.quote))
    return steps


def _without_names(event: TicketEvent, audience: Visibility) -> TicketEvent:
    """In public nobody has a personal name; the office is named instead."""
    shown = copy.copy(event)
    shown.actor_name = actor_name(event, audience=audience)
    return shown


def _matches(kept: str, typed: str) -> bool:
    return secrets.compare_digest(kept.encode(), (typed or "?").encode())


def _receipt_code(ticket: Ticket | None) -> str:
    helped = getattr(ticket, "assistance", None)
    return helped.follow_up_code if helped is not None else _NO_CODE


def _tax_code(ticket: Ticket | None) -> str:
    enterprise = ticket.enterprise if ticket is not None else None
    return enterprise.tax_code if enterprise is not None else _NO_CODE


def _clean(tax_code: str) -> str:
    try:
        return clean_tax_code(tax_code)
    except TaxCodeInvalid:
        return ""
