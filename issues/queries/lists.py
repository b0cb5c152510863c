"""Tickets as the HTTP interface gives them: a filtered page, or one, each in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from accounts.models import Agency
from accounts.people import Person
from core import clock
from core.errors import NotVisible
from core.prepared import Prepared
from core.remembered import Answers
from core.rows import know_related
from core.text import words
from issues.access import visible_tickets
from issues.models import (
    OPEN_STATUSES,
    Attachment,
    Extension,
    RoutingDecision,
    Ticket,
    TicketClock,
    TicketEvent,
    TicketStatus,
)
from issues.queries.parts import SHARED, with_parts

PAGE_SIZE = 25
MOST_ROWS = 100  # of one page
_MOST_WORDS = 10


@dataclass(frozen=True)
class TicketPage:
    """One page of a list; `count` counts all of it."""

    count: int
    page: int
    page_size: int
    tickets: list[Ticket]


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
    # What is overdue changes with time; everything else changes with an event or with a new ticket: the newest of both
    # are part of the question.
    question = (person.user_id, person, tuple(status), agency, category, mine, q, *_newest())
    count = tickets.count() if overdue is not None else _counts.get(question, tickets.count)
    first = (page - 1) * page_size
    # The page is cut out first: nothing is computed for the rows before it.
    ids = list(tickets.order_by("-id").values_list("pk", flat=True)[first : first + page_size]) if first < count else []
    return TicketPage(count, page, page_size, with_parts(ids, person))


_counts: Answers[int] = Answers(2_000)
_newest_event = TicketEvent.objects.order_by("-id").values("id")[:1]
_newest = Prepared(lambda: Ticket.objects.order_by("-id").values_list("id", Subquery(_newest_event))[:1])


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


def read_parts(pk: int, person: Person) -> Ticket:
    """One ticket with all its parts, for this reader. Whether the person may see it was asked before."""
    (ticket,) = with_parts([pk], person)
    know_related(
        ticket,
        attachments=list(Attachment.objects.filter(ticket_id=pk)),
        parts=list(Ticket.objects.filter(split_from_id=pk)),
        extensions=list(Extension.objects.filter(ticket_id=pk)),
    )
    return ticket


def parts_of(ticket: Ticket, person: Person) -> Ticket:
    """The ticket with all its parts, for this reader; reads nothing when the reader filed it just now."""
    return ticket if hasattr(ticket, "latest_decisions") else read_parts(ticket.pk, person)


def new_parts(
    ticket: Ticket, *, coordinating: list[Agency], clocks: list[TicketClock], decision: RoutingDecision
) -> None:
    """Give a ticket that was filed just now the parts that `read_parts` would read. Whoever filed it knows them all."""
    nothing_yet: dict[str, list[Any]] = {name: [] for name in ("consultations", "attachments", "extensions", "parts")}
    know_related(ticket, coordinating_agencies=coordinating, clocks=clocks, **nothing_yet)
    ticket._state.fields_cache.setdefault("assistance", None)  # there where somebody helped
    ticket.latest_decisions = [decision]  # type: ignore[attr-defined]


def note_events(ticket: Ticket, events: list[TicketEvent]) -> None:
    """Remember the last of the first events for those who may see some and for those who see all of them."""
    shared = [event.pk for event in events if event.visibility in SHARED]
    ticket.shared_event_id = max(shared, default=None)  # type: ignore[attr-defined]
    ticket.agency_event_id = events[-1].pk  # type: ignore[attr-defined]  # none of the first is kept to one agency


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
