"""Tickets as documents, in every state, for those who may see them. They are written in Vietnamese and found in both
languages.

A document holds only what everybody in its audience may read: the filer's words, the answer and the facts of the
ticket, never notes, opinions, reasons or messages. A draft has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils import translation

from issues.access import TicketFacts
from issues.models import Ticket, TicketStatus
from search import documents, readers
from search.engines.base import Document, Kind

_RELATED = ("enterprise", "lead_agency", "ward", "project")
_NOT_READ = ("search_text", "public_title", "public_answer")


def ticket_ids() -> list[int]:
    """Every ticket that was handed in."""
    return list(Ticket.objects.exclude(status=TicketStatus.DRAFT).order_by("pk").values_list("pk", flat=True))


def ticket_documents(ids: Sequence[int]) -> Iterator[Document]:
    """A document in each language for each ticket that was handed in; two queries."""
    tickets = (
        Ticket.objects.filter(pk__in=ids)
        .exclude(status=TicketStatus.DRAFT)
        .select_related(*_RELATED)
        .prefetch_related("coordinating_agencies")
        .defer(*_NOT_READ)
        .order_by("pk")
    )
    found = list(tickets)
    for locale in documents.locales():
        with translation.override(locale):
            for ticket in found:
                yield _document(ticket, locale)


def _document(ticket: Ticket, locale: str) -> Document:
    code = ticket.code or ""
    return Document(
        kind=Kind.TICKET,
        object_id=ticket.pk,
        locale=locale,
        title=ticket.title,
        body="\n\n".join(filter(None, (ticket.body, ticket.answer))),
        names=" · ".join(dict.fromkeys(filter(None, _names(ticket)))),
        url=reverse("issues:ticket", args=[code]),
        values=_values(ticket),
        numbers=_numbers(ticket),
        audience=tuple(_audience(TicketFacts.of(ticket))),
    )


def _audience(facts: TicketFacts) -> Iterator[str]:
    """The same people as `issues.access.ways_to_see`."""
    yield readers.TASK_FORCE
    yield from (readers.of_agency(pk) for pk in sorted(facts.agency_ids))
    if facts.enterprise_id is None:
        yield readers.of_filer(facts.filer_id)
    else:
        yield readers.of_enterprise(facts.enterprise_id)


def _names(ticket: Ticket) -> Iterable[str]:
    """The short facts people search by, in the language of the document where there are two."""
    yield ticket.code or ""
    if ticket.enterprise:
        yield from (ticket.enterprise.name, ticket.enterprise.tax_code)
    if ticket.category:
        yield str(ticket.get_category_display())
    lead = [ticket.lead_agency] if ticket.lead_agency else []
    for agency in (*lead, *ticket.coordinating_agencies.all()):
        yield from (agency.name, agency.abbr)
    if ticket.ward:
        yield ticket.ward.name
    if ticket.project:
        yield ticket.project.code


def _values(ticket: Ticket) -> dict[str, tuple[str, ...]]:
    lead = (ticket.lead_agency.code,) if ticket.lead_agency else ()
    others = tuple(agency.code for agency in ticket.coordinating_agencies.all())
    found = {
        "status": (str(ticket.status),),
        "category": (ticket.category,) if ticket.category else (),
        "agency": lead,
        "agencies": tuple(dict.fromkeys((*lead, *others))),
        "ticket_kind": (ticket.kind,),
    }
    return {name: values for name, values in found.items() if values}


def _numbers(ticket: Ticket) -> dict[str, float]:
    """Minutes since 1970. `confirmed` is by which engines order what matches equally well: the newest first."""
    received, due = _minutes(ticket.received_at), _minutes(ticket.due_at)
    numbers = {"received": received, "confirmed": received, "due": due}
    return {name: number for name, number in numbers.items() if number is not None}


def _minutes(moment: datetime | None) -> float | None:
    return None if moment is None else moment.timestamp() // 60


SOURCE = documents.Source(kind=Kind.TICKET, all_ids=ticket_ids, build=ticket_documents)
