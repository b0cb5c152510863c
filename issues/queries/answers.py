"""Published answers: what the filer agreed to and a second person checked. Nothing else of a ticket is in them."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from issues.models import Party, Ticket, TicketEvent


def published_answers() -> QuerySet[Ticket]:
    """All published answers, the newest first, with what their rows show. One query."""
    parties = Party.objects.filter(ticket=OuterRef("pk")).order_by().values("ticket").annotate(n=Count("pk"))
    return (
        Ticket.objects.filter(public_consent=True, published_at__isnull=False)
        .select_related("lead_agency")
        # Counted for the rows that are shown; a join would group all of them first.
        .annotate(joined=Coalesce(Subquery(parties.values("n"), output_field=IntegerField()), 0))
        .order_by("-published_at")
    )


def working_times_used(tickets: Iterable[Ticket]) -> dict[int, timedelta]:
    """The working time that each ticket's last answer took, from the log, by ticket id; one query."""
    events = TicketEvent.objects.filter(ticket__in=list(tickets), type="ticket.resolved").order_by("id")
    return {event.ticket_id: timedelta(minutes=event.data["used_minutes"]) for event in events}
