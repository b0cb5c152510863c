"""The tickets that somebody at the city looks for, in every state: rows as on the board, the best first."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from django.core.paginator import Page, Paginator

from issues.queries.handed_in import count_of, handed_in
from issues.queries.rows import TicketRow, rows_of, with_row_data
from issues.queries.ticket_search import TicketQuery, TicketsFound, in_order, search_tickets

PAGE_SIZE = 25
_LAST_PAGE = 10_000


@dataclass(frozen=True)
class FoundRow:
    """One ticket. `reason` is safe HTML: the piece of its text that shows why it was found."""

    row: TicketRow
    reason: str = ""


@dataclass(frozen=True)
class FoundTickets:
    """One page of them; `found` says how many there are, and what was done differently than asked."""

    text: str
    found: TicketsFound
    page_obj: Page[int]
    rows: list[FoundRow] = field(default_factory=list)


def found_tickets(query: TicketQuery, *, page: int, now: datetime, hours: str = "24") -> FoundTickets:
    """One page of 25. Without a text, everything that the filters leave, the newest first."""
    page_obj, found = found_page(query, page)
    tickets = in_order(list(with_row_data(handed_in(query.person).filter(pk__in=found.ids))), found.ids)
    rows = [
        FoundRow(row, found.reasons.get(row.ticket.pk, "")) for row in rows_of(tickets, query.person, now, hours=hours)
    ]
    return FoundTickets(query.text, found, page_obj, rows)


def found_page(query: TicketQuery, page: int) -> tuple[Page[int], TicketsFound]:
    """The ids of one page, or of the last one where there are fewer, and its number among all."""
    found = _read(_on_page(query, page))
    last = max(1, -(-found.count // PAGE_SIZE))
    if page > last:
        page = last
        found = _read(_on_page(query, page))
    return Paginator(range(found.count), PAGE_SIZE).get_page(page), found


def page_number(text: str) -> int:
    """The page that an address names; the first for anything else."""
    return min(int(text), _LAST_PAGE) if text.isdecimal() and text.isascii() and len(text) < 6 and int(text) else 1


def _on_page(query: TicketQuery, page: int) -> TicketQuery:
    return replace(query, offset=(page - 1) * PAGE_SIZE, limit=PAGE_SIZE)


def _read(query: TicketQuery) -> TicketsFound:
    if query.text:
        return search_tickets(query)
    newest = handed_in(query.person).filter(query.wanted).order_by("-id").values_list("pk", flat=True)
    return TicketsFound(count_of(query.person, query.wanted), list(newest[query.offset : query.offset + query.limit]))
