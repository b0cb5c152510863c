"""A duty roster for the demonstration: the officers of each department take turns by day."""

from datetime import datetime, timedelta

from django.utils import timezone

from accounts.models import Agency, Membership, Role
from issues import calendars
from issues.models import Duty

_DAYS_BEHIND, _DAYS_AHEAD = 14, 42


def load_roster(now: datetime) -> None:
    """Create the missing turns around `now` (aware); what was changed by hand is left alone."""
    calendar = calendars.default_calendar()
    today = timezone.localdate(now)
    days = [today + timedelta(days=n) for n in range(-_DAYS_BEHIND, _DAYS_AHEAD)]
    officers: dict[int, list[int]] = {}
    departments = Membership.objects.filter(role=Role.OFFICER).exclude(agency__level=Agency.Level.WARD)
    for agency, officer in departments.order_by("user_id").values_list("agency_id", "user_id"):
        officers.setdefault(agency, []).append(officer)
    Duty.objects.bulk_create(
        (
            Duty(agency_id=agency, officer_id=people[day.toordinal() % len(people)], date=day)
            for agency, people in officers.items()
            for day in days
            if calendar.is_working_day(day)
        ),
        ignore_conflicts=True,
    )
