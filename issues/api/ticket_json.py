"""Rows as the HTTP interface gives them: each only as far as the caller may see it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from accounts.models import Agency, Enterprise, User
from accounts.people import Person
from core import clock
from issues.access import audience_of, may_read, sees_suggestion
from issues.clocks import clocks
from issues.commands.table import available_transitions
from issues.models import (
    Assistance,
    Attachment,
    ClockKind,
    Consultation,
    Extension,
    Message,
    Party,
    Rating,
    RoutingDecision,
    Ticket,
    TicketClock,
    Visibility,
)
from issues.queries.routing_words import decision_sentences, sentences_of_many
from issues.queries.ticket_parts import TicketParts

_MINUTE = timedelta(minutes=1)
_CITY = timezone.get_default_timezone()
_OF_THE_ENTERPRISE = (ClockKind.RESOLUTION, ClockKind.RESPONSE)


def tickets_json(tickets: Iterable[TicketParts], person: Person) -> list[dict[str, Any]]:
    """Each ticket as a list shows it; up to three queries for the names in the explanations."""
    found = list(tickets)
    now, sentences, address = clock.now(), _sentences(found), _address()
    return [_ticket(parts, person, sentences[parts.ticket.pk], now, address) for parts in found]


def ticket_json(parts: TicketParts, person: Person) -> dict[str, Any]:
    """One ticket with everything."""
    ticket = parts.ticket
    return _ticket(parts, person, _sentences([parts])[ticket.pk], clock.now(), _address()) | {
        "split_from": ticket.split_from.code if ticket.split_from else None,
        "parts": [part.code for part in parts.split_into],
        "extensions": [extension_json(row, ticket) for row in parts.extensions],
        "attachments": [attachment_json(row) for row in parts.attachments if may_read(person, parts.facts, row)],
    }


def consultation_json(row: Consultation, ticket: Ticket, due: TicketClock | None) -> dict[str, Any]:
    """A consultation with the due time of its clock."""
    return {
        "id": row.pk,
        "ticket": ticket.code,
        "agency": row.agency.code,
        "agency_name": row.agency.name,
        "question": row.question,
        "answer": row.answer or None,
        "cancel_reason": row.why_cancelled or None,
        "status": row.status,
        "asked_at": moment(row.asked_at),
        "due_at": moment(due.due_at) if due else None,
        "closed_at": moment(row.closed_at),
    }


def extension_json(row: Extension, ticket: Ticket) -> dict[str, Any]:
    """An extension with both due times."""
    return {
        "id": row.pk,
        "ticket": ticket.code,
        "working_days": row.working_days,
        "as_complex": row.as_complex,
        "reason": row.reason,
        "status": row.status,
        "old_due_at": moment(row.old_due_at),
        "new_due_at": moment(row.new_due_at),
        "decision_reason": row.decision_reason or None,
        "asked_at": moment(row.asked_at),
        "decided_at": moment(row.decided_at),
    }


def attachment_json(row: Attachment) -> dict[str, Any]:
    """A file without its content; its id cannot be guessed."""
    return {
        "id": str(row.public_id),
        "name": row.name,
        "content_type": row.content_type,
        "size": row.size,
        "sha256": row.sha256,
        "scan": row.scan,
        "visibility": row.visibility,
        "internal_to": row.internal_to,
        "created_at": moment(row.created_at),
        "url": reverse("api-1:attachment", args=[row.public_id]),
    }


def message_json(row: Message, ticket: Ticket) -> dict[str, Any]:
    """A message or a note."""
    return {
        "id": row.pk,
        "ticket": ticket.code,
        "body": row.body,
        "visibility": row.visibility,
        "internal_to": row.internal_to,
        "author": {"name": str(row.author)},
        "agency": row.author_agency.code if row.author_agency else None,
        "created_at": moment(row.created_at),
    }


def rating_json(row: Rating, ticket: Ticket) -> dict[str, Any]:
    """What the enterprise thinks of one answer."""
    return {
        "ticket": ticket.code,
        "cycle": row.cycle,
        "score": row.score,
        "comment": row.comment,
        "created_at": moment(row.created_at),
    }


def party_json(row: Party, ticket: Ticket) -> dict[str, Any]:
    """That an enterprise joined a published ticket."""
    return {
        "ticket": ticket.code,
        "title": ticket.public_title,
        "enterprise": _enterprise(row.enterprise) if row.enterprise else None,
        "joined_at": moment(row.joined_at),
    }


def receipt_json(ticket: Ticket) -> dict[str, Any] | None:
    """What an officer gives to the enterprise that was helped; None where nobody helped. One query."""
    helped = Assistance.objects.filter(ticket=ticket).first()
    if helped is None:
        return None
    return {
        "follow_up_code": helped.shown_code,
        "url": reverse("issues:receipt", args=[ticket.code]),
        "follow_url": reverse("issues:follow"),
    }


def moment(at: datetime | None) -> str | None:
    """ISO 8601 in the city's time, to the microsecond."""
    return at.astimezone(_CITY).isoformat() if at is not None else None


def _ticket(parts: TicketParts, person: Person, sentences: list[str], now: datetime, address: str) -> dict[str, Any]:
    ticket, decision = parts.ticket, parts.decision
    audience = audience_of(person, parts.facts)
    shown = [row for row in parts.clocks if audience == Visibility.INTERNAL or row.kind in _OF_THE_ENTERPRISE]
    dues = {row.consultation_id: row for row in parts.clocks if row.consultation_id}
    return {
        **_own_facts(ticket),
        "lead_agency": _agency(ticket.lead_agency),
        "assisted_by": _agency(parts.assisted_by),
        "coordinating_agencies": [_agency(agency) for agency in parts.coordinating],
        "assignee": _person(ticket.assignee) if sees_suggestion(person, ticket) else None,
        "due_at": moment(ticket.due_at),
        "paused": ticket.paused_at is not None,
        "working_minutes_left": _resolution_left(parts.clocks, now),
        "routing": {
            "method": decision.method if decision else RoutingDecision.Method.NONE,
            "explanation": sentences,
        },
        "clocks": [_clock(row, now) for row in shown],
        "consultations": [consultation_json(row, ticket, dues.get(row.pk)) for row in parts.consultations],
        "available_transitions": available_transitions(ticket, person.user),
        "last_event_id": parts.agency_event_id if audience == Visibility.INTERNAL else parts.shared_event_id,
        "url": address.format(ticket.code),
    }


def _address() -> str:
    """The address of a ticket's page in the active language, with a place for the code (letters, digits, hyphens)."""
    return _address_in(get_language())


@cache
def _address_in(_language: str | None) -> str:
    return reverse("issues:ticket", args=["-"]).replace("/-/", "/{}/")


def _own_facts(ticket: Ticket) -> dict[str, Any]:
    """The fields of the ticket's own row."""
    project = ticket.project
    return {
        "code": ticket.code,
        "title": ticket.title,
        "body": ticket.body,
        "kind": ticket.kind,
        "category": ticket.category or None,
        "status": ticket.status,
        "channel": ticket.channel,
        "enterprise": _enterprise(ticket.enterprise) if ticket.enterprise else None,
        "unconfirmed_enterprise": _unconfirmed(ticket),
        "ward": _agency(ticket.ward),
        "project": {"code": project.code, "name": project.name} if project else None,
        "public_consent": ticket.public_consent,
        "received_at": moment(ticket.received_at),
        "resolved_at": moment(ticket.resolved_at),
        "closed_at": moment(ticket.closed_at),
        "answer": ticket.answer or None,
        "resolution_kind": ticket.resolution_kind or None,
        "confirmed": ticket.confirmed,
        "cycle": ticket.cycle,
        "escalation_level": ticket.escalation_level,
        "returns": ticket.returns,
        "reopens": ticket.reopens,
        "merged_into": ticket.merged_into.code if ticket.merged_into else None,
    }


def _clock(row: TicketClock, now: datetime) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "cycle": row.cycle,
        "started_at": moment(row.started_at),
        "due_at": moment(row.due_at),
        "paused": row.is_paused,
        "working_minutes_left": _minutes_left(row, now),
        "stopped_at": moment(row.stopped_at),
        "met": row.met,
    }


def _resolution_left(rows: Iterable[TicketClock], now: datetime) -> int | None:
    running = [row for row in rows if row.kind == ClockKind.RESOLUTION and row.is_running]
    return _minutes_left(running[-1], now) if running else None


def _minutes_left(row: TicketClock, now: datetime) -> int | None:
    """Rounded down, so that it is negative from the first second after the due time on."""
    return clocks.left_at(row, now) // _MINUTE if row.is_running else None


def _sentences(tickets: list[TicketParts]) -> dict[int, list[str]]:
    """Why each ticket went where it went, for all of them at the price of one."""
    decisions = {parts.ticket.pk: parts.decision for parts in tickets}
    by_trace = {
        pk: decision.trace
        for pk, decision in decisions.items()
        if decision is not None and decision.method != RoutingDecision.Method.HAND
    }
    explained = sentences_of_many(by_trace) if by_trace else {}
    return {pk: explained[pk] if pk in explained else decision_sentences(decisions[pk]) for pk in decisions}


def _agency(agency: Agency | None) -> dict[str, str] | None:
    return {"code": agency.code, "name": agency.name} if agency else None


def _enterprise(enterprise: Enterprise) -> dict[str, str]:
    return {"name": enterprise.name, "tax_code": enterprise.shown_tax_code}


def _unconfirmed(ticket: Ticket) -> dict[str, str] | None:
    """For which enterprise the filer says to act, while nobody has confirmed it."""
    asked = ticket.membership_request
    if asked is None or ticket.enterprise is not None:
        return None
    return {"name": asked.name, "tax_code": asked.shown_tax_code}


def _person(user: User | None) -> dict[str, str] | None:
    return {"name": str(user)} if user else None
