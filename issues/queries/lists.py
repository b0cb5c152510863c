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
from issues.access import any_of, ways_to_see
from issues.models import OPEN_STATUSES, Ticket, TicketStatus
from issues.queries.ticket_parts import TicketParts, one_with_parts, with_parts

PAGE_SIZE = 25
MOST_ROWS = 100  # of one page
_MOST_WORDS = 10
_HANDED_IN = ~Q(status=TicketStatus.DRAFT)


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
    wanted = Q()
    if status:
        wanted &= Q(status__in=status)
    if agency:
        wanted &= Q(lead_agency__code=agency)
    if category:
        wanted &= Q(category=category)
    if overdue is not None:
        late = Q(status__in=OPEN_STATUSES, due_at__isnull=False, due_at__lt=clock.now())
        wanted &= late if overdue else ~late
    if mine is not None:
        wanted &= _is_mine(person) if mine else ~_is_mine(person)
    if q:
        wanted &= _holds(q)
    first, count = (page - 1) * page_size, _count(person, wanted)
    found = handed_in(person).filter(wanted).order_by("-id")[first : first + page_size]
    if first:  # what is skipped on the way to a later page needs no parts
        ids = list(found.values_list("pk", flat=True)) if first < count else []
        found = Ticket.objects.filter(pk__in=ids).order_by("-id")
    return TicketPage(count, page, page_size, with_parts(found, person))


def handed_in(person: Person) -> QuerySet[Ticket]:
    """The tickets that the person may see by their code; one's own drafts have none."""
    return Ticket.objects.filter(_HANDED_IN, any_of(ways_to_see(person)))


def _count(person: Person, wanted: Q) -> int:
    """How many of `handed_in` are wanted, in one query that reads as little as possible: each way to see a ticket is
    counted by its own index, without what an earlier one has counted. Among 100,000 one OR would read every row."""
    ways = ways_to_see(person)
    parts = [
        Ticket.objects.filter(_HANDED_IN, wanted, way, ~any_of(ways[:number])).order_by().values("pk")
        for number, way in enumerate(ways)
    ]
    return parts[0].union(*parts[1:], all=True).count() if len(parts) > 1 else sum(part.count() for part in parts)


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
