"""Tickets as the HTTP interface gives them: a filtered page, or one, each in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.people import Person
from core import clock
from core.errors import NotVisible
from core.text import words
from issues.access import visible_tickets
from issues.models import OPEN_STATUSES, Ticket, TicketStatus
from issues.queries.ticket_parts import TicketParts, one_with_parts, with_parts

PAGE_SIZE = 25
MOST_ROWS = 100  # of one page
_MOST_WORDS = 10


@dataclass(frozen=True)
class TicketPage:
    """One page of a list; `count` counts all of it."""

    count: int
    page: int
    page_size: int
    tickets: list[TicketParts]


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
    by me, or of my enterprise. `q`: every word in code, title or text, marks apart. Past the end a page is empty.
    """
    tickets = handed_in(person)
    if status:
        tickets = tickets.filter(status__in=status)
    if agency:
        tickets = tickets.filter(lead_agency__code=agency)
    if category:
        tickets = tickets.filter(category=category)
    if overdue is not None:
        late = Q(status__in=OPEN_STATUSES, due_at__isnull=False, due_at__lt=clock.now())
        tickets = tickets.filter(late) if overdue else tickets.exclude(late)
    if mine is not None:
        tickets = tickets.filter(_is_mine(person)) if mine else tickets.exclude(_is_mine(person))
    if q:
        tickets = tickets.filter(_holds(q))
    first = (page - 1) * page_size
    newest_first = tickets.order_by("-id")[first : first + page_size]
    return TicketPage(tickets.count(), page, page_size, with_parts(newest_first, person))


def handed_in(person: Person) -> QuerySet[Ticket]:
    """The tickets that the person may see by their code; one's own drafts have none."""
    return visible_tickets(person).exclude(status=TicketStatus.DRAFT)


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


def _is_mine(person: Person) -> Q:
    own: Any = Q(assignee_id=person.user_id, assignee__isnull=False) | Q(filer_id=person.user_id)
    return own | Q(enterprise_id__in=person.enterprise_ids, enterprise__isnull=False)


def _holds(text: str) -> Q:
    """Every word of the text in the folded text of the ticket; a text without any word is found nowhere."""
    found = words(text)[:_MOST_WORDS]
    condition = Q()
    for word in found:
        condition &= Q(search_text__contains=word)
    return condition if found else Q(pk__in=[])
