"""The duty roster of a week: agencies by days, with gaps, absences, substitutes and closed days."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import AGENCY_ROLES, Agency, User
from accounts.people import Person
from core import clock, wording
from issues.assignment import duties
from issues.clocks import calendars, public_holidays
from issues.models import Absence, Calendar, Duty, DutySwap, RosterEntry
from issues.policies import REASSIGNABLE

PAGE_SIZE = 25  # agencies
LOG_SHOWN = 20
FARTHEST = timedelta(days=730)


@dataclass(frozen=True)
class Shift:
    """One shift as it will be: `name` takes it, or takes it `instead_of` an absent officer; `is_gap`: nobody does."""

    duty: Duty
    name: str
    instead_of: str = ""
    is_gap: bool = False
    is_mine: bool = False
    swap: DutySwap | None = None

    @property
    def is_out_of_hours(self) -> bool:
        return self.duty.kind == Duty.Kind.OUT_OF_HOURS


@dataclass(frozen=True)
class Cell:
    """One agency on one day."""

    day: date
    is_open: bool
    is_past: bool
    shifts: list[Shift] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)

    @property
    def in_hours(self) -> list[Shift]:
        return [shift for shift in self.shifts if not shift.is_out_of_hours]

    @property
    def out_of_hours(self) -> list[Shift]:
        return [shift for shift in self.shifts if shift.is_out_of_hours]

    @property
    def has_gap(self) -> bool:
        """A working day, today or later, on which nobody is on duty."""
        return self.is_open and not self.is_past and all(shift.is_gap for shift in self.in_hours)


@dataclass(frozen=True)
class Day:
    """The head of a column; `closed` says why nobody works in the city."""

    day: date
    closed: str
    is_today: bool
    is_past: bool

    @property
    def letters(self) -> str:
        """The weekday where there is little room: "T5"."""
        return wording.wording().weekdays_short[self.day.weekday()]


@dataclass(frozen=True)
class Line:
    agency: Agency
    cells: list[Cell]

    @property
    def gaps(self) -> int:
        return sum(cell.has_gap for cell in self.cells)


@dataclass(frozen=True)
class Week:
    """Seven days from a Monday."""

    monday: date
    days: list[Day]
    lines: list[Line]

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)

    @property
    def before(self) -> date:
        return self.monday - timedelta(days=7)

    @property
    def after(self) -> date:
        return self.monday + timedelta(days=7)

    @property
    def is_current(self) -> bool:
        return any(day.is_today for day in self.days)


def monday_of(text: str) -> date:
    """The Monday of the week of a day ("2026-11-18"); this week's for anything else."""
    today = timezone.localdate(clock.now())
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = today
    if abs(day - today) > FARTHEST:
        day = today
    return day - timedelta(days=day.weekday())


def agencies_of(person: Person) -> QuerySet[Agency]:
    """The connected agencies whose roster the person sees: all for coordinators and leaders, else their own."""
    connected = Agency.objects.exclude(stage=Agency.Stage.OFF)
    if person.is_coordinator or person.is_leader:
        return connected
    return connected.filter(pk__in=person.officer_agency_ids)


def week_of(person: Person, monday: date, agencies: Iterable[Agency]) -> Week:
    """The roster of these agencies; four queries however many there are."""
    shown = list(agencies)
    ids = [agency.pk for agency in shown]
    today = timezone.localdate(clock.now())
    days = [monday + timedelta(days=number) for number in range(7)]
    away = duties.absences_of(agency_members=ids, first=days[0], last=days[-1])
    reader = _Reader(person, away, _shifts(ids, days), _open_swaps(ids, days))
    return Week(
        monday=monday,
        days=_heads(days, today),
        lines=[Line(agency, reader.cells(agency, days, today)) for agency in shown],
    )


@dataclass(frozen=True)
class _Reader:
    person: Person
    away: dict[int, list[Absence]]
    shifts: dict[tuple[int, date], list[Duty]]
    swaps: dict[int, DutySwap]

    def cells(self, agency: Agency, days: list[date], today: date) -> list[Cell]:
        _pk, calendar = calendars.calendar_for(agency)
        return [
            Cell(
                day=day,
                is_open=calendar.is_working_day(day),
                is_past=day < today,
                shifts=[self._shift(duty) for duty in self.shifts.get((agency.pk, day), ())],
                absent=self._absent(agency, day, calendar.is_working_day(day)),
            )
            for day in days
        ]

    def _absent(self, agency: Agency, day: date, is_open: bool) -> list[str]:
        """People who are absent on a working day without a shift: other absences are shown with the shift."""
        said = {duty.officer_id for duty in self.shifts.get((agency.pk, day), ())}
        return [
            str(row.officer)
            for officer_id, rows in self.away.items()
            for row in rows
            if is_open and officer_id not in said and row.agency_id == agency.pk and row.covers(day)
        ]

    def _shift(self, duty: Duty) -> Shift:
        acting = duties.acting_for(duty.officer_id, duty.agency_id, duty.date, self.away)
        absence = duties.absence_on(duty.officer_id, duty.date, self.away)
        name = str(absence.stand_in) if acting is not None and absence is not None else str(duty.officer)
        return Shift(
            duty=duty,
            name=name,
            instead_of=str(duty.officer) if name != str(duty.officer) else "",
            is_gap=acting is None,
            is_mine=duty.officer_id == self.person.user_id,
            swap=self.swaps.get(duty.pk),
        )


def _shifts(agency_ids: list[int], days: list[date]) -> dict[tuple[int, date], list[Duty]]:
    found: dict[tuple[int, date], list[Duty]] = defaultdict(list)
    rows = Duty.objects.filter(agency_id__in=agency_ids, date__range=(days[0], days[-1]))
    for row in rows.select_related("officer").order_by("date", "pk"):
        found[row.agency_id, row.date].append(row)
    return found


def _open_swaps(agency_ids: list[int], days: list[date]) -> dict[int, DutySwap]:
    rows = DutySwap.objects.filter(
        status=DutySwap.Status.ASKED, duty__agency_id__in=agency_ids, duty__date__range=(days[0], days[-1])
    )
    return {row.duty_id: row for row in rows.select_related("asked_of", "in_return")}


def _heads(days: list[date], today: date) -> list[Day]:
    """The days with the reason why one is closed: its own note, its holiday, or the weekend. Two queries."""
    calendar = calendars.default_calendar()
    row = Calendar.objects.filter(is_default=True).first()
    notes = {}
    english = (get_language() or "vi").startswith("en")
    if row is not None:
        for corrected in row.days.filter(date__range=(days[0], days[-1])):
            notes[corrected.date] = (corrected.note_en if english else "") or corrected.note_vi
    found = []
    for day in days:
        closed = ""
        if not calendar.is_working_day(day):
            country = row.holidays_country if row is not None else ""
            holiday = public_holidays.name_of(country, day, "en" if english else "vi")
            closed = notes.get(day) or holiday or _("day off")
        found.append(Day(day, closed, day == today, day < today))
    return found


@dataclass(frozen=True)
class Colleague:
    """Somebody of an agency, or somebody who left it with tickets open."""

    user: User
    open_tickets: int
    is_member: bool
    absence: Absence | None


def colleagues_of(agency: Agency, today: date) -> list[Colleague]:
    """The people of an agency with their load, those who left last; three queries."""
    members = Q(memberships__agency=agency, memberships__role__in=AGENCY_ROLES)
    here = set(User.objects.filter(members, is_active=True).values_list("pk", flat=True))
    load = Count(
        "assigned_tickets",
        filter=Q(assigned_tickets__lead_agency=agency, assigned_tickets__status__in=REASSIGNABLE),
        distinct=True,
    )
    people = User.objects.annotate(load=load).filter(Q(pk__in=here) | Q(load__gt=0)).order_by("name", "email")
    away = duties.absences_of(agency_members=[agency.pk], first=today, last=today)
    found = [
        Colleague(one, one.load, one.pk in here, duties.absence_on(one.pk, today, away)) for one in people.distinct()
    ]
    return sorted(found, key=lambda one: not one.is_member)


def log_of(agency: Agency) -> list[RosterEntry]:
    """The last changes of a roster, newest first; one query."""
    return list(agency.roster_entries.order_by("-id")[:LOG_SHOWN])


def coming_absences(agency: Agency, today: date) -> list[Absence]:
    """Absences of an agency that are not over; one query."""
    rows = Absence.objects.filter(agency=agency, last_day__gte=today)
    return list(rows.select_related("officer", "stand_in").order_by("first_day", "pk"))


def swaps_for(person: Person, agency: Agency, today: date) -> list[DutySwap]:
    """Open swaps of an agency: one's own, and for its head and coordinators all; one query."""
    rows = DutySwap.objects.filter(duty__agency=agency, status=DutySwap.Status.ASKED, duty__date__gte=today)
    if agency.pk not in person.head_agency_ids and not person.is_coordinator:
        rows = rows.filter(Q(asked_by_id=person.user_id) | Q(asked_of_id=person.user_id))
    return list(rows.select_related("duty", "in_return", "asked_by", "asked_of").order_by("duty__date", "pk"))


def coming_shifts(agency: Agency, today: date) -> list[Duty]:
    """Shifts from today on, for six weeks: what may be swapped; one query."""
    rows = Duty.objects.filter(agency=agency, date__range=(today, today + timedelta(days=42)))
    return list(rows.select_related("officer").order_by("date", "pk"))


def officers_of_agency(agency: Agency) -> list[User]:
    """Active officers and heads of an agency; one query."""
    rows = User.objects.filter(is_active=True, memberships__agency=agency, memberships__role__in=AGENCY_ROLES)
    return list(rows.order_by("name", "email").distinct())
