"""The proposals of a person's enterprises, what waits for them first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, F, IntegerField, Prefetch, Q, QuerySet, Value, When

from accounts.people import Person
from core.text import words
from issues.clocks.clock_view import ClockView, clock_view
from issues.models import OPEN_STATUSES, Consultation, Ticket, TicketStatus
from issues.queries.found_tickets import PAGE_SIZE, found_page, page_number
from issues.queries.ticket_search import TicketQuery, TicketsFound, in_order

_OVER = (TicketStatus.CLOSED, TicketStatus.DECLINED, TicketStatus.WITHDRAWN, TicketStatus.MERGED)
_FILTERS: dict[str, Q] = {
    "all": ~Q(status=TicketStatus.DRAFT),
    "open": Q(status__in=OPEN_STATUSES),
    "answered": Q(status=TicketStatus.RESOLVED),
    "closed": Q(status__in=_OVER),
    "drafts": Q(status=TicketStatus.DRAFT),
}
SHOWN = tuple(_FILTERS)
# What waits for the enterprise comes first, then what runs, then what is over.
_ORDER = Case(
    When(status=TicketStatus.AWAITING_ENTERPRISE, then=Value(0)),
    When(status=TicketStatus.RESOLVED, then=Value(1)),
    When(status__in=OPEN_STATUSES, then=Value(2)),
    default=Value(3),
    output_field=IntegerField(),
)


@dataclass(frozen=True)
class Row:
    """One line of the list."""

    ticket: Ticket
    clock: ClockView | None

    @property
    def waits_for_you(self) -> bool:
        return self.ticket.status in (TicketStatus.AWAITING_ENTERPRISE, TicketStatus.RESOLVED)


@dataclass(frozen=True)
class MyTickets:
    """One page of the list; `counts` are those of each filter, the search apart. `found` is what a search says."""

    page: Page[Any]
    rows: list[Row]
    counts: dict[str, int]
    found: TicketsFound


def my_tickets(person: Person, *, show: str = "all", q: str = "", page: str | int = 1, now: datetime) -> MyTickets:
    """Filtered, or found by a code or words, the best first; in pages of 25."""
    mine = Ticket.objects.filter(_mine(person))
    counts = mine.aggregate(**{name: Count("pk", filter=condition) for name, condition in _FILTERS.items()})
    condition = _FILTERS.get(show, _FILTERS["all"])
    if q and show != "drafts":
        query = TicketQuery(person, q, only=_mine(person) & condition)
        shown: Page[Any]
        shown, found = found_page(query, page_number(str(page)))
        tickets = in_order(list(_with_clocks(mine.filter(pk__in=found.ids))), found.ids)
    else:  # a draft is in no index
        found = TicketsFound()
        ordered = _ordered(mine.filter(condition, _drafts_with(q)), show)
        shown = Paginator(_with_clocks(ordered), PAGE_SIZE).get_page(page)
        tickets = list(shown.object_list)
    rows = [Row(ticket, clock_view(ticket, now) if ticket.code else None) for ticket in tickets]
    return MyTickets(shown, rows, counts, found)


def _mine(person: Person) -> Q:
    """Those of the person's enterprises; drafts are the filer's alone."""
    own_draft = Q(status=TicketStatus.DRAFT, filer_id=person.user_id)
    filed = Q(enterprise_id__in=person.enterprise_ids) | Q(enterprise__isnull=True, filer_id=person.user_id)
    return own_draft | (~Q(status=TicketStatus.DRAFT) & filed)


def _drafts_with(q: str) -> Q:
    condition = Q()
    for word in words(q)[:8]:
        condition &= Q(search_text__contains=word)
    return condition


def _with_clocks(found: QuerySet[Ticket]) -> QuerySet[Ticket]:
    consultations = Consultation.objects.select_related("agency", "clock")
    return found.select_related("lead_agency").prefetch_related(
        "clocks", Prefetch("consultations", queryset=consultations)
    )


def _ordered(found: QuerySet[Ticket], show: str) -> QuerySet[Ticket]:
    if show == "drafts":
        return found.order_by("-id")
    return found.annotate(rank=_ORDER).order_by("rank", F("due_at").asc(nulls_last=True), "-id")
