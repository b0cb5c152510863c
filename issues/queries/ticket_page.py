"""One ticket with everything that its page shows, in a fixed number of queries."""

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from accounts.people import Person
from core.errors import NotVisible
from issues.access import visible_tickets
from issues.models import Consultation, Extension, RoutingDecision, Ticket

_ROWS = (
    "lead_agency", "enterprise", "assignee", "ward", "project__contact_agency", "filer", "merged_into__lead_agency",
    "split_from", "membership_request", "assistance__agency", "assistance__officer",
)  # fmt: skip


def read_ticket(person: Person, code: str) -> Ticket:
    """The ticket with its parts; NotVisible for a code that does not exist or is not the person's to see."""
    tickets = visible_tickets(person).select_related(*_ROWS)
    consultations = Consultation.objects.select_related("agency", "clock", "answered_by")
    extensions = Extension.objects.select_related("asked_by", "decided_by")
    found = (
        tickets.prefetch_related(
            "coordinating_agencies",
            "clocks",
            "attachments",
            "ratings",
            "parties",
            "parts",
            Prefetch("consultations", queryset=consultations),
            Prefetch("extensions", queryset=extensions),
            Prefetch("routing_decisions", queryset=RoutingDecision.objects.select_related("rule", "lead_agency")),
        )
        .filter(code=code)
        .first()
    )
    if found is None:
        raise NotVisible(_("There is no such ticket."))
    return found
