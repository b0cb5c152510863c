"""Published answers as documents. They are written in Vietnamese and found in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation

from issues.events.consumers import Consumer
from issues.models import Ticket, TicketEvent
from issues.queries.answers import published_answers
from search import documents, sync
from search.engines.base import Document, Kind

# After these the public words of a ticket may be others, or gone.
_CHANGES = frozenset({"ticket.published", "ticket.publication_proposed", "ticket.reopened", "ticket.merged"})


def answer_ids() -> QuerySet[Ticket, int]:
    """Every ticket with a published answer."""
    return published_answers().values_list("pk", flat=True)


def answer_documents(ticket_ids: Sequence[int]) -> Iterator[Document]:
    """A document in each language for each ticket whose answer is published."""
    for ticket in published_answers().filter(pk__in=ticket_ids):
        for locale in documents.locales():
            yield _document(ticket, locale)


def _document(ticket: Ticket, locale: str) -> Document:
    with translation.override(locale):
        agency = ticket.lead_agency
        names = (ticket.code or "", str(ticket.get_category_display()), agency.name if agency else "")
        url = reverse("issues:answer", args=[ticket.code])
    return Document(
        kind=Kind.ANSWER,
        object_id=ticket.pk,
        locale=locale,
        title=ticket.public_title,
        summary=ticket.public_answer[:300],
        body=ticket.public_answer,
        names=", ".join(filter(None, names)),
        url=url,
    )


def _follow(events: Sequence[TicketEvent]) -> None:
    changed = sorted({event.ticket_id for event in events if event.type in _CHANGES})
    if changed:
        sync.note(Kind.ANSWER, changed)


SOURCE = documents.Source(kind=Kind.ANSWER, all_ids=answer_ids, build=answer_documents)
CONSUMER = Consumer(name="search", handle=_follow)
