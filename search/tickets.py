"""Tickets found by the search engine, for the person who asks. Registered with `issues.queries.ticket_search`."""

from __future__ import annotations

from django.db.models import Q

from investment.catalogue import EngineUnavailable
from issues.queries.handed_in import handed_in
from issues.queries.ticket_codes import whole_code
from issues.queries.ticket_search import TicketQuery, TicketsFound, by_code, holds
from search import engines, following, readers
from search.engines.base import Engine, Kind, SearchQuery
from search.merging import Page, merged
from search.query.typed import MAX_CHARACTERS

_MOST_IDS = 10_000  # that are handed to an engine


def find_tickets(query: TicketQuery) -> TicketsFound:
    """One page of the tickets that the person may find; EngineUnavailable where the database has to answer.

    A ticket whose code was typed comes first, then those whose documents are behind (the database reads them), then
    the rest. What somebody may no longer see is not counted either, even before its document was made again.
    """
    engine = engines.current()
    if engine is None:
        raise EngineUnavailable("No search engine is set up.")
    audience = readers.own_groups(query.person)
    if not audience:
        return TicketsFound()
    by_number = by_code(query)
    page = _page(engine, query, _asked(query, audience), by_number)
    found = page.found
    return TicketsFound(
        count=page.count,
        ids=page.ids,
        reasons={pk: hit.marked_text for pk, hit in page.hits.items() if hit.marked_text and pk not in by_number},
        corrected=found.corrected if found else "",
        ignored=found.ignored if found else (),
        loosened=found.loosened if found else False,
    )


def _page(engine: Engine, query: TicketQuery, asked: SearchQuery, by_number: list[int]) -> Page:
    behind = following.behind(Kind.TICKET)
    changed = _of_database(query, behind) if behind else []
    front = list(dict.fromkeys((*by_number, *changed)))
    left_out = behind | (set(_ids(query, query.never)) if query.never else set())
    code = whole_code(query.text)
    page = merged(engine, code or query.text[:MAX_CHARACTERS], asked, front=front, left_out=left_out)
    if code and not front and page.found and (page.found.corrected or page.found.ignored or page.found.loosened):
        return Page(0, [])  # another code is not what was asked for
    return page


def _asked(query: TicketQuery, audience: tuple[str, ...]) -> SearchQuery:
    filters = {"status": query.status, "agency": (query.agency,), "category": (query.category,)}
    return SearchQuery(
        locale=query.locale,
        kinds=(Kind.TICKET,),
        audience=audience,
        filters={name: values for name, values in filters.items() if any(values)},
        object_ids=_ids(query, query.only) if query.only else None,
        offset=query.offset,
        limit=query.limit,
    )


def _ids(query: TicketQuery, condition: Q) -> tuple[int, ...]:
    """The tickets that meet what only the database can answer."""
    found = tuple(handed_in(query.person).filter(condition).order_by().values_list("pk", flat=True)[: _MOST_IDS + 1])
    if len(found) > _MOST_IDS:
        raise EngineUnavailable("Too many tickets to be named one by one.")
    return found


def _of_database(query: TicketQuery, among: set[int]) -> list[int]:
    """Those of a few tickets that hold the words, the newest first."""
    found = handed_in(query.person).filter(query.wanted, holds(query.text), pk__in=among)
    return list(found.order_by("-id").values_list("pk", flat=True))
