"""Tickets with everything that the interface shows of each, for one reader: six queries however many there are.

A page of the list is read more often than anything else, and the ORM needs longer to write these queries than the
database to answer them. So they are prepared, for one ticket, for a page and for the largest page.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from django.db.models import Max, Model, QuerySet

from accounts.agencies import by_id
from accounts.models import Agency, Enterprise, User
from accounts.people import Person
from core.prepared import Param, Prepared, PreparedObjects
from core.rows import know_related
from investment.models import Project
from issues.access import is_inside
from issues.models import Consultation, RoutingDecision, Ticket, TicketClock, TicketEvent, Visibility

_SIZES = (1, 25, 100)
SHARED = (Visibility.PUBLIC, Visibility.PARTIES)
_AGENCIES = ("lead_agency", "ward")


def _all_but(prefix: str, model: type[Model], *shown: str) -> list[str]:
    """The fields of a related row, those that are shown apart. Reading a column that nobody looks at takes time too."""
    return [f"{prefix}__{field.name}" for field in model._meta.concrete_fields if field.name not in ("id", *shown)]


_NOT_SHOWN = [
    *("search_text", "public_title", "public_answer", "public_id", "created_at", "category_checked_at"),
    *_all_but("project", Project, "code", "name_vi", "name_en"),
    *_all_but("merged_into", Ticket, "code"),
    *_all_but("assignee", User, "name", "email"),
    *_all_but("enterprise", Enterprise, "name", "tax_code"),
]


class _OfTickets:
    """A query for tickets by their ids, prepared once for each size."""

    def __init__(self, kind: Callable[[Callable[[], QuerySet[Any, Any]]], Any], build: Callable[..., Any]) -> None:
        self._by_size = {size: kind(partial(build, [Param(f"id{n}") for n in range(size)])) for size in _SIZES}

    def __call__(self, ids: Sequence[int]) -> Iterable[Any]:
        for first in range(0, len(ids), _SIZES[-1]):
            some = ids[first : first + _SIZES[-1]]
            size = next(size for size in _SIZES if size >= len(some))
            padded = [*some, *[some[-1]] * (size - len(some))]
            yield from self._by_size[size](**{f"id{n}": pk for n, pk in enumerate(padded)})


def _these(ids: list[Param]) -> QuerySet[Ticket, Any]:
    """The tickets themselves: a relation cannot be compared with parameters, a key can."""
    return Ticket.objects.filter(pk__in=ids).order_by().values("pk")


_tickets = _OfTickets(
    PreparedObjects,
    lambda ids: (
        Ticket.objects.filter(pk__in=ids)
        .order_by()
        .select_related("enterprise", "assignee", "project", "merged_into", "assistance")
        .defer(*_NOT_SHOWN)
    ),
)
_clocks = _OfTickets(
    PreparedObjects,
    lambda ids: (
        TicketClock.objects.filter(ticket__in=_these(ids))
        .defer("due_not_before", "next_timer_at", "next_percent")
        .order_by("id")
    ),
)
_consultations = _OfTickets(
    PreparedObjects, lambda ids: Consultation.objects.filter(ticket__in=_these(ids)).order_by("id")
)
_decisions = _OfTickets(
    PreparedObjects,
    lambda ids: (
        RoutingDecision.objects.only("ticket_id", "method", "reason", "trace")
        .filter(ticket__in=_these(ids))
        .order_by("id")
    ),
)
_coordinating = _OfTickets(
    Prepared,
    lambda ids: Ticket.coordinating_agencies.through.objects.filter(ticket__in=_these(ids)).values_list(
        "ticket_id", "agency_id"
    ),
)
_events = _OfTickets(
    Prepared,
    lambda ids: (
        TicketEvent.objects.filter(ticket__in=_these(ids))
        .order_by()
        .values_list("ticket_id", "visibility", "internal_to")
        .annotate(last=Max("id"))
    ),
)


def with_parts(ids: Sequence[int], person: Person) -> list[Ticket]:
    """The tickets with these ids, in this order; whether the person may see them was asked before.

    `core.rows.related_rows` gives their clocks, consultations and coordinating agencies. `latest_decisions` holds the
    last routing decision, `shared_event_id` the last event that the enterprise may see, `agency_event_id` the last one
    that this person may see where they work on the ticket. Agencies are shared between readers: never change them.
    """
    found: dict[int, Ticket] = {ticket.pk: ticket for ticket in _tickets(ids)}
    if not found:
        return []
    agencies = _Agencies()
    clocks, consultations, coordinating = _by_ticket(_clocks(ids)), _by_ticket(_consultations(ids)), defaultdict(list)
    for ticket_id, agency_id in _coordinating(ids):
        coordinating[ticket_id].append(agencies[agency_id])
    latest = {row.ticket_id: row for row in _decisions(ids)}  # in their order: the last one stays
    for pk, ticket in found.items():
        _know_agencies(ticket, consultations[pk], agencies)
        know_related(
            ticket,
            clocks=clocks[pk],
            consultations=consultations[pk],
            coordinating_agencies=sorted(coordinating[pk], key=lambda one: (one.level, one.name_vi)),
        )
        ticket.latest_decisions = [latest[pk]] if pk in latest else []  # type: ignore[attr-defined]
    _know_events(found, ids, person)
    return [found[pk] for pk in ids if pk in found]


class _Agencies:
    """Agencies by id, as everybody remembers them; one that is newer than that is read."""

    def __init__(self) -> None:
        self._known = by_id()

    def __getitem__(self, pk: int) -> Agency:
        return self._known.get(pk) or Agency.objects.get(pk=pk)


def _by_ticket(rows: Iterable[Any]) -> defaultdict[int, list[Any]]:
    found = defaultdict(list)
    for row in rows:
        found[row.ticket_id].append(row)
    return found


def _know_agencies(ticket: Ticket, consultations: list[Consultation], agencies: _Agencies) -> None:
    for name in _AGENCIES:
        pk = getattr(ticket, f"{name}_id")
        if pk is not None:
            ticket._state.fields_cache[name] = agencies[pk]
    helped = ticket._state.fields_cache.get("assistance")
    for row in (*consultations, *([helped] if helped else [])):
        row._state.fields_cache["agency"] = agencies[row.agency_id]


def _know_events(found: dict[int, Ticket], ids: Sequence[int], person: Person) -> None:
    shared: dict[int, int] = {}
    own: dict[int, int] = {}
    for ticket_id, visibility, internal_to, last in _events(ids):
        if visibility in SHARED:
            shared[ticket_id] = max(last, shared.get(ticket_id, 0))
        if internal_to is None or is_inside(person, internal_to):
            own[ticket_id] = max(last, own.get(ticket_id, 0))
    for pk, ticket in found.items():
        ticket.shared_event_id = shared.get(pk)  # type: ignore[attr-defined]
        ticket.agency_event_id = own.get(pk)  # type: ignore[attr-defined]
