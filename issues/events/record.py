"""The only writer of the event log.

Events are written as the last step of a transaction. On PostgreSQL a transaction-level advisory lock comes first, so
that ids become visible in order and a reader that asks for "everything after 41" misses nothing; taken last it costs
a few per cent of throughput, taken early it would serialise whole operations.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from accounts.models import Agency
from core.rows import update_rows
from issues.actor import SYSTEM_ROLE, Actor, agency_on, role_on
from issues.events.announce import announce_on_commit
from issues.events.event_data import EventData
from issues.models import Ticket, TicketEvent, Visibility

FIRST_HASH = "0" * 64
Entry = tuple[Ticket, EventData, str | None]  # the ticket, its event, and the one agency to which it is limited
_LOCK = 0x7E0E_17  # any number, the same in every process: it names the log


def record_event(
    *, ticket: Ticket, data: EventData, actor: Actor, at: datetime, internal_to: str | None = None
) -> TicketEvent:
    """Append one event to the log and to the ticket's sequence; see `record_events`.

    `internal_to` is the code of the one agency that may read an internal event; events that are their agency's own
    (`EventData.own`) belong to the lead agency unless it is given.
    """
    return record_events([(ticket, data, internal_to)], actor=actor, at=at)[0]


def record_events(
    entries: Sequence[Entry],
    *,
    actor: Actor,
    at: datetime,
    with_fields: Sequence[str] = (),
    coordinating: Mapping[int, Sequence[Agency]] | None = None,
) -> list[TicketEvent]:
    """Append events of one or many tickets, in order, with one write each for events and tickets.

    Must be called inside a transaction, after everything else that it writes. `at` is aware. For batches prefetch
    `coordinating_agencies` and select `lead_agency` of the tickets, or pass them by the tickets' ids where they are
    known. `with_fields` of the tickets are written along.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("an event belongs to the transaction of the change that it records")
    if not entries:
        return []
    _lock_log()
    tickets = {ticket.pk: ticket for ticket, _data, _internal_to in entries}
    agencies = {pk: _agencies(ticket, (coordinating or {}).get(pk)) for pk, ticket in tickets.items()}
    events, last_hash = [], _last_hash()
    for entry in entries:
        event = _next_event(entry, agencies[entry[0].pk], actor, at, last_hash)
        entry[0].last_seq, last_hash = event.seq, event.hash
        events.append(event)
    TicketEvent.objects.bulk_create(events)
    for (ticket, _data, _internal_to), event in zip(entries, events, strict=True):
        ticket.last_event_id = event.pk
    update_rows(list(tickets.values()), ("last_event_id", "last_seq", *with_fields))
    announce_on_commit()
    return events


def _next_event(entry: Entry, agencies: dict[int, Any], actor: Actor, at: datetime, prev_hash: str) -> TicketEvent:
    ticket, data, internal_to = entry
    speaker = agency_on(actor, ticket, agencies)
    if internal_to is None and data.own and ticket.lead_agency is not None:
        internal_to = ticket.lead_agency.code
    if internal_to is not None and data.visibility != Visibility.INTERNAL:
        raise ValueError(f"{data.type} is not internal: it cannot be kept from other agencies")
    event = TicketEvent(
        ticket=ticket,
        seq=ticket.last_seq + 1,
        type=data.type,
        at=at,
        actor=actor.user,
        actor_name=str(actor.user) if actor.user else "",
        actor_role=role_on(actor, ticket) if not actor.is_system else SYSTEM_ROLE,
        actor_agency=speaker.code if speaker else "",
        agencies="".join(f",{agency.code}" for agency in agencies.values()) + "," if agencies else "",
        visibility=data.visibility,
        internal_to=internal_to,
        data=data.model_dump(mode="json"),
        prev_hash=prev_hash,
    )
    event.hash = event_hash(event)
    return event


def event_hash(event: TicketEvent) -> str:
    """SHA-256 over the previous hash and every fact of the event, in one fixed form.

    `internal_to` takes part only where it is set: events from before there was such a column keep their hashes, and
    setting or clearing it afterwards changes the hash either way.
    """
    facts: dict[str, Any] = {
        "prev": event.prev_hash,
        "ticket": event.ticket_id,
        "seq": event.seq,
        "type": event.type,
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": event.actor_id,
        "actor_name": event.actor_name,
        "actor_role": event.actor_role,
        "actor_agency": event.actor_agency,
        "agencies": event.agencies,
        "visibility": str(event.visibility),
        "data": event.data,
    }
    if event.internal_to is not None:
        facts["internal_to"] = event.internal_to
    return hashlib.sha256(
        json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    ).hexdigest()


def _lock_log() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _last_hash() -> str:
    return TicketEvent.objects.order_by("-id").values_list("hash", flat=True).first() or FIRST_HASH


def _agencies(ticket: Ticket, coordinating: Sequence[Agency] | None) -> dict[int, Agency]:
    """The lead agency first, then the coordinating ones."""
    lead = [ticket.lead_agency] if ticket.lead_agency is not None else []
    others = ticket.coordinating_agencies.all() if coordinating is None else coordinating
    return {agency.pk: agency for agency in (*lead, *others)}
