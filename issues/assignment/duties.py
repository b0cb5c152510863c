"""Who is on duty and who is absent: the one source for routing, notifications and pages."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.cache import caches
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Agency, Membership
from core import clock
from issues.clocks import calendars
from issues.models import Absence, Duty


@dataclass(frozen=True)
class Present:
    """The people of an agency at an instant, by id."""

    on_duty: frozenset[int]
    absent: frozenset[int]


def present(agency: Agency, at: datetime) -> Present:
    """Who is on duty at an agency and who of it is absent; one query, two where the absences are not cached.

    Out of hours the out-of-hours duty counts; where there is none, the day's own duty. A stand-in takes the shifts of
    absent people.
    """
    day = timezone.localdate(at)
    away = _away(agency, day)
    on_duty = _acting_at(agency, at, _duties(agency, day), away)
    return Present(frozenset(on_duty), frozenset(away))


def on_duty_at(agencies: Iterable[Agency], at: datetime) -> dict[int, set[int]]:
    """Who is on duty at each of these agencies, by the agency's id; two queries, however many they are."""
    by_id, day = {agency.pk: agency for agency in agencies}, timezone.localdate(at)
    away = _by_officer(_absences(by_id, day, day))
    duties: dict[int, list[tuple[int, str]]] = defaultdict(list)
    rows = Duty.objects.filter(agency_id__in=by_id, date=day).order_by()
    for agency_id, officer_id, kind in rows.values_list("agency_id", "officer_id", "kind"):
        duties[agency_id].append((officer_id, kind))
    return {pk: _acting_at(agency, at, duties[pk], away) for pk, agency in by_id.items()}


def _acting_at(
    agency: Agency, at: datetime, duties: Iterable[tuple[int, str]], away: dict[int, list[Absence]]
) -> set[int]:
    """Who of the day's duties (officer, kind) is on duty at the instant."""
    acting: dict[str, set[int]] = defaultdict(set)
    for officer_id, kind in duties:
        who = acting_for(officer_id, agency.pk, timezone.localdate(at), away)
        if who is not None:
            acting[kind].add(who)
    wanted = Duty.Kind.OUT_OF_HOURS if is_out_of_hours(agency, at) else Duty.Kind.DUTY
    return acting[wanted] or acting[Duty.Kind.DUTY]


def taken_up_at(agency: Agency, at: datetime) -> datetime:
    """When somebody at the agency can start on what arrives at an instant: immediately, or at the next opening.

    Out of hours it is immediately only where somebody has the out-of-hours duty of that day; costs a query then.
    """
    if not is_out_of_hours(agency, at):
        return at
    day = timezone.localdate(at)
    if any(kind == Duty.Kind.OUT_OF_HOURS for _officer_id, kind in _duties(agency, day)):
        return at
    _pk, calendar = calendars.calendar_for(agency)
    return calendar.next_opening(at)


def _away(agency: Agency, day: date) -> dict[int, list[Absence]]:
    """Who of an agency is absent on a day, as the process cache has it: a new absence is seen within seconds."""
    found: Any = caches["process"].get_or_set(
        f"away-{agency.pk}-{day}", lambda: _by_officer(_absences([agency.pk], day, day))
    )
    return found


def _duties(agency: Agency, day: date) -> list[tuple[int, str]]:
    return list(Duty.objects.filter(agency=agency, date=day).order_by().values_list("officer_id", "kind"))


def absences_of(*, agency_members: Iterable[int], first: date, last: date) -> dict[int, list[Absence]]:
    """The absences within these days of everybody who belongs to one of these agencies (ids), by person; one query."""
    return _by_officer(_absences(agency_members, first, last).select_related("officer", "stand_in"))


def _absences(agencies: Iterable[int], first: date, last: date) -> QuerySet[Absence]:
    members = Membership.objects.filter(agency_id__in=agencies).order_by().values("user")
    return Absence.objects.filter(officer__in=members, first_day__lte=last, last_day__gte=first)


def _by_officer(rows: Iterable[Absence]) -> dict[int, list[Absence]]:
    found: dict[int, list[Absence]] = defaultdict(list)
    for row in rows:
        found[row.officer_id].append(row)
    return dict(found)


def acting_for(officer_id: int, agency_id: int, day: date, absences: dict[int, list[Absence]]) -> int | None:
    """Who takes a shift on a day: the officer, or while absent the stand-in at this agency; None: it is a gap."""
    away = absence_on(officer_id, day, absences)
    if away is None:
        return officer_id
    if away.stand_in_id is None or away.agency_id != agency_id or absence_on(away.stand_in_id, day, absences):
        return None
    return away.stand_in_id


def absence_on(officer_id: int, day: date, absences: dict[int, list[Absence]]) -> Absence | None:
    """The absence of somebody on a day, if any."""
    return next((row for row in absences.get(officer_id, ()) if row.covers(day)), None)


def is_absent(officer_id: int, day: date) -> bool:
    """Whether somebody is away on a day; one query."""
    return Absence.objects.filter(officer_id=officer_id, first_day__lte=day, last_day__gte=day).exists()


def is_absent_today(officer_id: int) -> bool:
    """Whether somebody is away today; one query."""
    return is_absent(officer_id, timezone.localdate(clock.now()))


def is_out_of_hours(agency: Agency, at: datetime) -> bool:
    """Before the first opening, after the last closing, or on a closed day; the lunch break belongs to the day."""
    _pk, calendar = calendars.calendar_for(agency)
    periods = list(calendar.periods(calendar.local_date(at)))
    return not periods or not periods[0][0] <= at < periods[-1][1]
