"""Tickets as the HTTP interface gives them: a filtered page, or one, each in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.people import Person
from core import clock
from core.errors import NotVisible
from issues.models import OPEN_STATUSES, Ticket
from issues.queries.handed_in import count_of, handed_in
from issues.queries.ticket_parts import TicketParts, one_with_parts, with_parts
from issues.queries.ticket_search import TicketQuery, search_tickets

PAGE_SIZE = 25
MOST_ROWS = 100  # of one page


@dataclass(frozen=True)
class TicketPage:
    """One page of a list; `count` counts all of it. `note` says when something was done differently than asked."""

    count: int
    page: int
    page_size: int
    tickets: list[TicketParts]
    note: str = ""


def ticket_list(
    person: Person,
    *,
    status: Sequence[str] = (),
    agency: str = "",
    category: str = "",
    overdue: bool | None = None,
    mine: bool | None = None,
    q: str = "",
    page: int = 1,
    page_size: int = PAGE_SIZE,
) -> TicketPage:
    """The tickets that the person may see, the newest first; drafts are no tickets yet.

    `agency` leads. `overdue` and `mine` narrow to those that are, or (False) that are not. Mine: assigned to me, filed
    by me, or of my enterprise. `q`: a code or words; then the best come first. Past the end a page is empty.
    """
    only, never = Q(), Q()
    for asked, condition in ((overdue, _is_late()), (mine, _is_mine(person))):
        if asked:
            only &= condition
        elif asked is not None:
            never |= condition
    query = TicketQuery(
        person=person,
        text=q.strip(),
        status=tuple(status),
        agency=agency,
        category=category,
        only=only,
        never=never,
        offset=(page - 1) * page_size,
        limit=page_size,
    )
    return _searched(query) if query.text else _newest(query)


def _searched(query: TicketQuery) -> TicketPage:
    found = search_tickets(query)
    parts = with_parts(handed_in(query.person).filter(pk__in=found.ids), query.person) if found.ids else []
    by_id = {part.ticket.pk: part for part in parts}
    return _page(query, found.count, [by_id[pk] for pk in found.ids if pk in by_id], found.note)


def _newest(query: TicketQuery) -> TicketPage:
    count = count_of(query.person, query.wanted)
    found = handed_in(query.person).filter(query.wanted).order_by("-id")[query.offset : query.offset + query.limit]
    if query.offset:  # what is skipped on the way to a later page needs no parts
        ids = list(found.values_list("pk", flat=True)) if query.offset < count else []
        found = Ticket.objects.filter(pk__in=ids).order_by("-id")
    return _page(query, count, with_parts(found, query.person))


def _page(query: TicketQuery, count: int, tickets: list[TicketParts], note: str = "") -> TicketPage:
    return TicketPage(count, query.offset // query.limit + 1, query.limit, tickets, note)


def find_ticket(person: Person, code: str) -> Ticket:
    """The bare row, for acting on it; NotVisible for a code that does not exist or is not the person's to see."""
    found = handed_in(person).filter(code=code).first()
    if found is None:
        raise no_such_ticket()
    return found


def no_such_ticket() -> NotVisible:
    """The same words whether it does not exist or is somebody else's."""
    return NotVisible(_("There is no such ticket."))


def read_ticket(person: Person, code: str) -> TicketParts:
    """One ticket with everything; NotVisible as `find_ticket`."""
    found = one_with_parts(handed_in(person).filter(code=code), person)
    if found is None:
        raise no_such_ticket()
    return found


def read_again(ticket: Ticket, person: Person) -> TicketParts:
    """A ticket with everything as it is now, after an action of this person: they may know the outcome even where the
    ticket has left their sight. Raises NotVisible where it is gone.
    """
    found = one_with_parts(Ticket.objects.filter(pk=ticket.pk), person)
    if found is None:
        raise no_such_ticket()
    return found


def _is_late() -> Q:
    return Q(status__in=OPEN_STATUSES, due_at__isnull=False, due_at__lt=clock.now())


def _is_mine(person: Person) -> Q:
    own: Any = Q(assignee_id=person.user_id, assignee__isnull=False) | Q(filer_id=person.user_id)
    return own | Q(enterprise_id__in=person.enterprise_ids, enterprise__isnull=False)
