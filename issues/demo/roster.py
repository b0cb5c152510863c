"""A duty roster for the demonstration: shifts by day and in the evening, two absences, and an open swap request."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from accounts.models import Agency, Membership, Role, User
from accounts.personas import DOMAIN
from core import clock
from issues.actions import roster_absences, roster_swaps
from issues.actor import Actor
from issues.clocks import calendars
from issues.models import Absence, Duty, DutySwap

_DAYS_BEHIND, _DAYS_AHEAD = 14, 42
_EVENING, _SATURDAY = 1, 5  # weekdays with a shift outside of working hours: Tuesday evening, Saturday
# Departments with few cases, so that those go to the people that they always went to.
_AWAY, _COVERED, _SWAPPING = "SGDDT", "SDTTG", "SVHTT"


def load_roster(now: datetime) -> None:
    """Create the missing shifts around `now` (aware); manual changes are kept."""
    today = timezone.localdate(now)
    days = [today + timedelta(days=n) for n in range(-_DAYS_BEHIND, _DAYS_AHEAD)]
    officers: dict[int, list[int]] = {}
    departments = Membership.objects.filter(role=Role.OFFICER).exclude(agency__level=Agency.Level.WARD)
    for agency, officer in departments.order_by("user_id").values_list("agency_id", "user_id"):
        officers.setdefault(agency, []).append(officer)
    Duty.objects.bulk_create(
        (shift for agency, people in officers.items() for day in days for shift in _shifts(agency, people, day)),
        ignore_conflicts=True,
    )
    if not Absence.objects.exists() and not DutySwap.objects.exists():
        with clock.at(now):
            _load_absence(_AWAY, today, stand_in="", note="Tập huấn")
            _load_absence(_COVERED, today, stand_in=f"officer2-{_COVERED.lower()}@{DOMAIN}", note="Nghỉ phép")
            _ask_swap(today)


def _shifts(agency: int, people: list[int], day: date) -> list[Duty]:
    """On a working day one officer; on some evenings and on Saturdays another one, where there are two."""
    chosen = day.toordinal() % len(people)
    is_open = calendars.default_calendar().is_working_day(day)
    shifts = [Duty(agency_id=agency, officer_id=people[chosen], date=day)] if is_open else []
    if len(people) > 1 and day.weekday() in (_EVENING, _SATURDAY):
        other = people[(chosen + 1) % len(people)]
        shifts.append(Duty(agency_id=agency, officer_id=other, date=day, kind=Duty.Kind.OUT_OF_HOURS))
    return shifts


def _load_absence(code: str, today: date, *, stand_in: str, note: str) -> None:
    """The first officer of the agency is away for five days; nothing where there is no such agency."""
    agency, head = Agency.objects.filter(code=code).first(), _person(f"head-{code.lower()}")
    if agency is None or head is None:
        return
    roster_absences.enter_absence(
        agency=agency,
        actor=Actor.of(head),
        officer=f"officer-{code.lower()}@{DOMAIN}",
        first_day=today,
        last_day=today + timedelta(days=4),
        stand_in=stand_in,
        note=note,
    )


def _ask_swap(today: date) -> None:
    """An officer asks the colleague to take the next shift on a day on which the colleague has none."""
    officer, colleague = _person(f"officer-{_SWAPPING.lower()}"), _person(f"officer2-{_SWAPPING.lower()}")
    if officer is None or colleague is None:
        return
    busy = Duty.objects.filter(officer=colleague).values("date")
    shift = Duty.objects.filter(officer=officer, date__gt=today).exclude(date__in=busy).order_by("date").first()
    if shift is not None:
        roster_swaps.ask_swap(
            agency=shift.agency,
            actor=Actor.of(officer),
            duty=shift.pk,
            colleague=colleague.email,
            note="Việc gia đình",
        )


def _person(local: str) -> User | None:
    return User.objects.filter(email=f"{local}@{DOMAIN}").first()
