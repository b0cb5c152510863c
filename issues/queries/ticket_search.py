"""Tickets found by words or by their code, in every state, for a person who may see them.

The search app registers a finder. Without one, or while it does not answer, the database looks for the words as they
were typed, and a note says so. Either way the rows are read through `handed_in`: nobody gets more than they may see.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Case, IntegerField, Q, Value, When
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.people import Person
from core.text import words
from investment.catalogue import EngineUnavailable
from issues.models import Ticket
from issues.queries.handed_in import count_of, handed_in
from issues.queries.ticket_codes import codes_meant

LONGEST = 200  # characters of a query
_MOST_WORDS = 10


@dataclass(frozen=True)
class TicketQuery:
    """What is sought. `agency` is the code of the lead agency. `only` and `never` are what the database alone can
    answer: conditions that a ticket must meet, and must not meet."""

    person: Person
    text: str
    status: tuple[str, ...] = ()
    agency: str = ""
    category: str = ""
    only: Q = field(default_factory=Q)
    never: Q = field(default_factory=Q)
    offset: int = 0
    limit: int = 25
    locale: str = field(default_factory=lambda: (get_language() or "vi")[:2])

    @property
    def wanted(self) -> Q:
        """Everything but the text, as a condition."""
        wanted = self.only
        if self.status:
            wanted &= Q(status__in=self.status)
        if self.agency:
            wanted &= Q(lead_agency__code=self.agency)
        if self.category:
            wanted &= Q(category=self.category)
        return wanted & ~self.never if self.never else wanted


@dataclass(frozen=True)
class TicketsFound:
    """One page of ids, best first; `count` counts all. `reasons` are safe HTML: the piece of a ticket, by its id, that
    shows why it was found. `corrected`, `ignored` and `loosened` as for projects; `note` is a sentence for people."""

    count: int = 0
    ids: Sequence[int] = ()
    reasons: Mapping[int, str] = field(default_factory=dict)
    corrected: str = ""
    ignored: tuple[str, ...] = ()
    loosened: bool = False
    note: str = ""


Finder = Callable[[TicketQuery], TicketsFound]
_finder: Finder | None = None


def register(finder: Finder | None) -> None:
    """Let `finder` answer from now on. It raises EngineUnavailable when it cannot."""
    global _finder
    _finder = finder


def search_tickets(query: TicketQuery) -> TicketsFound:
    """The tickets that a person means by a text; a code, however typed, comes first."""
    if _finder is not None:
        try:
            return _finder(query)
        except EngineUnavailable:
            pass
    return _from_database(query)


def in_order(tickets: Sequence[Ticket], ids: Sequence[int]) -> list[Ticket]:
    """The tickets in the order of the ids; what could not be read any more is left out."""
    by_id = {ticket.pk: ticket for ticket in tickets}
    return [by_id[pk] for pk in ids if pk in by_id]


def by_code(query: TicketQuery) -> list[int]:
    """The tickets whose code was typed, those of this year first; one query, none for a text that is no code."""
    codes = codes_meant(query.text)
    if not codes:
        return []
    found = dict(handed_in(query.person).filter(query.wanted, code__in=codes).order_by().values_list("code", "pk"))
    return [found[code] for code in codes if code in found]


def holds(text: str) -> Q:
    """Every word in the folded text of the ticket, or the name or tax code of its enterprise; a text without any word
    is found nowhere."""
    found = words(text)[:_MOST_WORDS]
    if not found:
        return Q(pk__in=[])
    condition = Q()
    for word in found:
        condition &= Q(search_text__contains=word)
    return condition | Q(enterprise__name__icontains=text.strip()) | Q(enterprise__tax_code=text.strip())


def _from_database(query: TicketQuery) -> TicketsFound:
    first = by_code(query)
    wanted = query.wanted & (holds(query.text) | Q(pk__in=first))
    count = count_of(query.person, wanted)
    rank = Case(*(When(pk=pk, then=Value(at)) for at, pk in enumerate(first)), default=Value(len(first)),
                output_field=IntegerField())  # fmt: skip
    found = handed_in(query.person).filter(wanted).order_by(*([rank] if first else []), "-id")
    ids = found.values_list("pk", flat=True)[query.offset : query.offset + query.limit] if query.offset < count else []
    return TicketsFound(count, list(ids), note=_("Search is limited now: it finds words only as they are written."))
