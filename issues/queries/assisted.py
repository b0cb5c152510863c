"""What an agency filed for others: it may see how far each is, and print the receipt again. Nothing else."""

from django.db.models import Q, QuerySet

from accounts.people import Person
from issues.models import Assistance

_ROWS = ("ticket__lead_agency", "ticket__enterprise", "agency", "officer")


def assisted_rows(person: Person) -> QuerySet[Assistance]:
    """The assistances of the person's agencies and their own, the newest first; with clocks and mails."""
    own = Q(officer_id=person.user_id) | Q(agency_id__in=person.officer_agency_ids)
    rows = Assistance.objects.all() if person.is_coordinator else Assistance.objects.filter(own)
    return rows.select_related(*_ROWS).prefetch_related("ticket__clocks", "notices").order_by("-id")


def find_receipt(person: Person, code: str) -> Assistance | None:
    """The receipt of a ticket that the person's agency helped to file; None for any other."""
    if not (person.is_officer or person.is_coordinator):
        return None
    return assisted_rows(person).filter(ticket__code=code).first()
