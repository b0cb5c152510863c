"""Who is on duty on a day."""

from dataclasses import dataclass
from datetime import date

from accounts.people import Person
from issues.models import OPEN_STATUSES, Duty, Ticket


@dataclass(frozen=True)
class OnDuty:
    """One line of the roster."""

    name: str
    agency: str
    is_absent: bool


def roster(person: Person, day: date, limit: int = 12) -> list[OnDuty]:
    """The roster of a day: of the agencies that lead open tickets for coordinators and leaders, else of one's own."""
    rows = Duty.objects.filter(date=day, officer__is_active=True).select_related("agency", "officer")
    if person.is_coordinator or person.is_leader:
        rows = rows.filter(agency__in=Ticket.objects.filter(status__in=OPEN_STATUSES).values("lead_agency"))
    else:
        rows = rows.filter(agency_id__in=person.officer_agency_ids)
    ordered = rows.order_by("-kind", "agency__code", "officer_id")[:limit]  # "duty" before "absent"
    return [OnDuty(str(row.officer), row.agency.name, row.kind == Duty.Kind.ABSENT) for row in ordered]
