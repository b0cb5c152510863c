"""Published answers: what the filer agreed to and a second person checked. Nothing else of a ticket is in them."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Count, Q, QuerySet

from core.text import fold
from issues.models import Ticket, TicketEvent

PAGE_SIZE = 20


def published_answers() -> QuerySet[Ticket]:
    """All published answers, the newest first, with what their rows show. One query."""
    return (
        Ticket.objects.filter(public_consent=True, published_at__isnull=False)
        .select_related("lead_agency")
        .annotate(joined=Count("parties", distinct=True))
        .order_by("-published_at")
    )


def find_answers(q: str, *, category: str = "", agency: str = "") -> list[Ticket]:
    """Published answers that contain every word of `q` (marks do not matter), newest first.

    The public words are few and short; they are folded here, so that no private text is ever searched.
    """
    filters = Q()
    if category:
        filters &= Q(category=category)
    if agency:
        filters &= Q(lead_agency__code=agency)
    words = fold(q).split()
    found = published_answers().filter(filters)
    if not words:
        return list(found)
    return [t for t in found if all(word in fold(f"{t.public_title} {t.public_answer}") for word in words)]


def working_times_used(tickets: Iterable[Ticket]) -> dict[int, timedelta]:
    """The working time that each ticket's last answer took, from the log, by ticket id; one query."""
    events = TicketEvent.objects.filter(ticket__in=list(tickets), type="ticket.resolved").order_by("id")
    return {event.ticket_id: timedelta(minutes=event.data["used_minutes"]) for event in events}
