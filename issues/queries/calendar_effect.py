"""What saving an edited calendar would do to the clocks that run: counted, without changing anything."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock, wording
from issues.clocks.calendars import build
from issues.clocks.clock_moves import with_agency
from issues.models import Calendar, CalendarDay, TicketClock
from issues.sla import deadline, target_from_dict

MOST = 20_000  # clocks looked at; beyond, the page would take too long


@dataclass(frozen=True)
class Effect:
    """How many due times an edit would move, and how many it leaves as they were promised."""

    clocks: int
    later: int = 0
    earlier: int = 0
    kept: int = 0  # by the new hours they would be overdue immediately

    @property
    def moved(self) -> int:
        return self.later + self.earlier

    @property
    def sentence(self) -> str:
        """Everything that an administrator should know before saving."""
        text = _("Due times that move: {moved} of {clocks} ({later} later, {earlier} earlier).")
        numbers = {name: wording.number(getattr(self, name)) for name in ("clocks", "moved", "later", "earlier")}
        said = text.format(**numbers)
        if not self.kept:
            return said
        kept = ngettext(
            "{kept} would be overdue immediately by the new hours and keeps its time.",
            "{kept} would be overdue immediately by the new hours and keep their time.",
            self.kept,
        )
        return f"{said} {kept.format(kept=wording.number(self.kept))}"


def effect_of(edited: Calendar, days: Iterable[CalendarDay], agencies: Collection[int]) -> Effect:
    """Compute the running clocks of a calendar by its unsaved rows; those of agencies that join it too. Two queries."""
    hours, now = build(edited, days), clock.now()
    theirs = Q(calendar_id=edited.pk) | Q(agency_id__in=agencies)
    rows = with_agency(TicketClock.objects.filter(stopped_at__isnull=True)).filter(theirs)
    counts = {"later": 0, "earlier": 0, "kept": 0}
    looked_at = 0
    for row in rows.order_by("id")[:MOST].iterator():
        looked_at += 1
        result = deadline(
            calendar=hours,
            target=target_from_dict(row.target),
            start=row.started_at,
            pauses=row.counted_pauses(),
            not_before=row.due_not_before,
        )
        old, new = row.due_at or row.first_due_at, result.due_at or result.first_due_at
        if row.due_at is not None and new <= now < old:
            counts["kept"] += 1
        elif abs(new - old) > timedelta():
            counts["later" if new > old else "earlier"] += 1
    return Effect(clocks=looked_at, **counts)
