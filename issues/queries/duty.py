"""Who is on duty on a day, in a few lines for the side of the board."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accounts.people import Person
from issues.assignment import duties
from issues.models import OPEN_STATUSES, Absence, Duty, Ticket


@dataclass(frozen=True)
class OnDuty:
    """One line of the roster; `note`: out of hours, in place of somebody, or absent."""

    name: str
    agency: str
    note: str = ""


def roster(person: Person, day: date, limit: int = 12) -> list[OnDuty]:
    """The roster of a day: of the agencies that lead open tickets for coordinators and leaders, else of one's own.

    Two queries.
    """
    agencies: Any = person.officer_agency_ids
    if person.is_coordinator or person.is_leader:
        agencies = Ticket.objects.filter(status__in=OPEN_STATUSES, lead_agency__isnull=False).values("lead_agency")
    away = duties.absences_of(agency_members=agencies, first=day, last=day)
    rows = Duty.objects.filter(date=day, officer__is_active=True, agency__in=agencies)
    ordered = rows.select_related("agency", "officer").order_by("-kind", "agency__code", "officer_id")  # day duty first
    lines = [_line(row, away) for row in ordered]
    # An absent duty officer comes last, so that the gap is seen.
    return sorted(lines, key=lambda line: line.note == _("absent"))[:limit]


def _line(row: Duty, away: dict[int, list[Absence]]) -> OnDuty:
    acting = duties.acting_for(row.officer_id, row.agency_id, row.date, away)
    if acting is None:
        return OnDuty(str(row.officer), row.agency.name, _("absent"))
    absence = duties.absence_on(row.officer_id, row.date, away)
    if absence is not None:
        return OnDuty(str(absence.stand_in), row.agency.name, _("for {officer}").format(officer=row.officer))
    after = row.kind == Duty.Kind.OUT_OF_HOURS
    return OnDuty(str(row.officer), row.agency.name, _("out of hours") if after else "")
