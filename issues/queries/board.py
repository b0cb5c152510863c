"""The board of the task force: open tickets by the working time that is left, least first; and the search from it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.people import Person
from core.text import beginning
from issues.access import visible_tickets
from issues.clocks import calendars
from issues.models import OPEN_STATUSES, Category, Ticket, TicketStatus
from issues.queries.found_tickets import FoundTickets, found_tickets, page_number
from issues.queries.rows import TicketRow, rows_of, with_row_data
from issues.queries.ticket_search import LONGEST, TicketQuery

PAGE_SIZE = 50
LATE, SOON, TODAY, LATER, PAUSED = "late", "soon", "today", "later", "paused"
SECTIONS = (LATE, SOON, TODAY, LATER, PAUSED)
TITLES = {
    LATE: _("Overdue"),
    SOON: _("Less than 1 hour left"),
    TODAY: _("Due today"),
    LATER: _("Due on a later day"),
    PAUSED: _("Clock paused, waiting for the enterprise"),
}
STATUSES = tuple(status for status in TicketStatus if status != TicketStatus.DRAFT)
OVER = tuple(status for status in STATUSES if status not in OPEN_STATUSES)
_LAST_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class BoardFilter:
    """What somebody chose to see. Codes that do not exist simply match nothing."""

    section: str = ""
    agency: str = ""
    category: str = ""
    status: str = ""
    people: str = ""  # "me", or the id of an assignee
    q: str = ""
    page: int = 1

    @classmethod
    def read(cls, query: Any) -> "BoardFilter":
        """From a query string; an unknown section, state or category is ignored."""
        chosen = {name: beginning(query.get(name, ""), 100).strip() for name in ("section", "agency", "people")}
        chosen["q"] = beginning(query.get("q", ""), LONGEST).strip()
        category, status, page = query.get("category", ""), query.get("status", ""), query.get("page", "")
        chosen["section"] = chosen["section"] if chosen["section"] in SECTIONS else ""
        return cls(
            **chosen,
            category=category if category in Category.values else "",
            status=status if status in STATUSES else "",
            page=page_number(page),
        )

    @property
    def narrows(self) -> bool:
        """Whether anything but the section is chosen."""
        return any((self.agency, self.category, self.status, self.people, self.q))

    @property
    def is_search(self) -> bool:
        """Whether tickets of every state are looked for, or those of a state that is over: then the board makes room
        for what was found."""
        return bool(self.q) or self.status in OVER


@dataclass(frozen=True)
class Section:
    """One group of rows; `count` counts all of it, not only this page's rows."""

    code: str
    title: Any
    count: int
    rows: list[TicketRow]


@dataclass(frozen=True)
class TodayNumbers:
    """What this person's tickets came to today."""

    received: int
    answered: int
    in_time: int


@dataclass(frozen=True)
class Board:
    """One page of the board."""

    counts: dict[str, int]  # by section, and "open"
    sections: list[Section]
    today: TodayNumbers
    now: datetime
    page: int
    pages: int
    filter: BoardFilter = field(default_factory=BoardFilter)

    @property
    def previous_page(self) -> int:
        return self.page - 1

    @property
    def next_page(self) -> int:
        return self.page + 1

    @property
    def is_empty(self) -> bool:
        return not self.sections


def board(person: Person, chosen: BoardFilter, now: datetime, *, hours: str = "24") -> Board:
    """The board as this person may see it; five queries however large it is."""
    where = _section_conditions(now)
    tickets = _narrowed(visible_tickets(person).exclude(status=TicketStatus.DRAFT), person, chosen)
    numbers = _numbers(tickets, where, now)
    found_counts = _only_counts(numbers)
    shown = tickets.filter(status__in=OPEN_STATUSES)
    total = found_counts["open"]
    if chosen.section:
        shown, total = shown.filter(where[chosen.section]), found_counts[chosen.section]
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(chosen.page, pages)
    ordered = with_row_data(shown).order_by(F("due_at").asc(nulls_last=True), "paused_at", "id")
    found = list(ordered[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]) if total and not chosen.is_search else []
    return Board(
        counts=found_counts,
        sections=_grouped(rows_of(found, person, now, hours=hours), where_is(now), found_counts),
        today=TodayNumbers(numbers["received_today"], numbers["answered_today"], numbers["in_time_today"]),
        now=now,
        page=page,
        pages=pages,
        filter=chosen,
    )


def counts(person: Person, chosen: BoardFilter, now: datetime) -> dict[str, int]:
    """The counts above the board alone; one query."""
    tickets = _narrowed(visible_tickets(person).exclude(status=TicketStatus.DRAFT), person, chosen)
    return _only_counts(_numbers(tickets, _section_conditions(now), now))


def _only_counts(numbers: dict[str, int]) -> dict[str, int]:
    return {code: numbers[code] for code in (*SECTIONS, "open")}


def _narrowed(tickets: QuerySet[Ticket], person: Person, chosen: BoardFilter) -> QuerySet[Ticket]:
    """Only what the filters leave; a search leaves the numbers of the board as they are."""
    if chosen.agency:
        tickets = tickets.filter(lead_agency__code=chosen.agency)
    if chosen.category:
        tickets = tickets.filter(category=chosen.category)
    if chosen.status in OPEN_STATUSES:
        tickets = tickets.filter(status=chosen.status)
    return tickets.filter(_in_charge(person, chosen))


def _in_charge(person: Person, chosen: BoardFilter) -> Q:
    if chosen.people == "me":
        return Q(assignee_id=person.user_id)
    if chosen.people.isdecimal() and chosen.people.isascii():
        return Q(assignee_id=int(chosen.people[:15]))
    return Q()


def search(person: Person, chosen: BoardFilter, now: datetime, *, hours: str = "24") -> FoundTickets:
    """What was looked for from the board, in every state, by its filters but the section."""
    query = TicketQuery(
        person=person,
        text=chosen.q,
        status=(chosen.status,) if chosen.status else (),
        agency=chosen.agency,
        category=chosen.category,
        only=_in_charge(person, chosen),
    )
    return found_tickets(query, page=chosen.page, now=now, hours=hours)


def _limits(now: datetime) -> tuple[datetime, datetime]:
    """The instant that is one working hour ahead, and the end of the day."""
    local = timezone.localtime(now)
    midnight = timezone.make_aware(datetime(local.year, local.month, local.day)) + timedelta(days=1)  # noqa: DTZ001
    return calendars.default_calendar().add(now, _LAST_HOUR), midnight


def _section_conditions(now: datetime) -> dict[str, Q]:
    hour, midnight = _limits(now)
    soon = Q(due_at__gte=now, due_at__lte=hour)
    return {
        LATE: Q(due_at__lt=now),
        SOON: soon,
        TODAY: Q(due_at__gt=hour, due_at__lt=midnight),
        LATER: Q(due_at__gt=hour, due_at__gte=midnight),
        PAUSED: Q(due_at__isnull=True),
    }


def where_is(now: datetime) -> Any:
    """A function that names the section of a due time; the same rule as the conditions."""
    hour, midnight = _limits(now)

    def section(due: datetime | None) -> str:
        if due is None:
            return PAUSED
        if due < now:
            return LATE
        if due <= hour:
            return SOON
        return TODAY if due < midnight else LATER

    return section


def _numbers(tickets: QuerySet[Ticket], where: dict[str, Q], now: datetime) -> dict[str, int]:
    """All counts in one query."""
    is_open = Q(status__in=OPEN_STATUSES)
    began = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    received, answered = Q(received_at__gte=began), Q(resolved_at__gte=began)
    # Of what is over only today counts: each of the three parts has its index, and the years before are not read.
    open_ones, *of_today = (
        Ticket.objects.order_by().filter(which).values("pk") for which in (is_open, received, answered)
    )
    return tickets.filter(pk__in=open_ones.union(*of_today)).aggregate(
        open=Count("pk", filter=is_open),
        received_today=Count("pk", filter=received),
        answered_today=Count("pk", filter=answered),
        in_time_today=Count("pk", filter=answered & Q(resolved_at__lte=F("due_at"))),
        **{code: Count("pk", filter=is_open & condition) for code, condition in where.items()},
    )


def _grouped(rows: list[TicketRow], section: Any, counts: dict[str, int]) -> list[Section]:
    by_code: dict[str, list[TicketRow]] = {code: [] for code in SECTIONS}
    for row in rows:
        by_code[section(row.ticket.due_at)].append(row)
    return [Section(code, TITLES[code], counts[code], found) for code, found in by_code.items() if found]
