"""Published answers as documents. They are written in Vietnamese and found in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation

from issues.models import Ticket
from issues.queries.answers import published_answers
from search import documents
from search.engines.base import Document, Kind


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
    values = {"category": ticket.category, "agency": agency.code if agency else ""}
    return Document(
        kind=Kind.ANSWER,
        object_id=ticket.pk,
        locale=locale,
        title=ticket.public_title,
        summary=ticket.public_answer[:300],
        body=ticket.public_answer,
        names=" · ".join(filter(None, names)),
        url=url,
        values={name: (value,) for name, value in values.items() if value},
        # By which engines order what matches equally well: the newest first.
        numbers={"confirmed": ticket.published_at.timestamp() // 60} if ticket.published_at else {},
    )


SOURCE = documents.Source(kind=Kind.ANSWER, all_ids=answer_ids, build=answer_documents)
