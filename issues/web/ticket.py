"""The page of a ticket: one address, seen by its enterprise or by the agencies."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import people
from accounts.people import Person
from core import clock
from core.errors import NotVisible, OperationError
from core.limits import say_when
from issues import policies, rules
from issues.access import is_filer_side, is_inside, sees_suggestion, visible_tickets
from issues.charts.clock_lines import clock_lines
from issues.clocks.clock_view import clock_view, view_of
from issues.models import Category, Extension, RoutingDecision, Ticket, TicketStatus
from issues.notifications.mentions import people_on
from issues.queries.rule_offers import offer_of
from issues.queries.similar import SimilarAnswer, similar_of
from issues.queries.ticket_page import read_ticket
from issues.queries.timeline import Entry, timeline
from issues.queries.why_due import why_due
from issues.routing import CategoryScore
from issues.sentences.next_step import next_step
from issues.web.desk import Desk, Refused, desk_of
from issues.web.presence import presence_words
from issues.web.unsent import take_up

FRAGMENTS = ("head", "clock", "timeline", "desk", "consultations")
SHOWN_VOTES = 3
NOTEWORTHY = 0.01  # below, a vote would read "0 %"


@never_cache
@require_safe
def ticket(request: HttpRequest, code: str) -> HttpResponse:
    """The page, or with `?fragment=` one part of it for a live refresh."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    found = read_or_404(request, code)
    take_up(request, found)
    context = page_context(request, found)
    fragment = request.GET.get("fragment")
    if fragment in FRAGMENTS:
        return render(request, f"issues/ticket/{fragment}.html", context)
    return render(request, _template(context), context)


def read_or_404(request: HttpRequest, code: str) -> Ticket:
    """The ticket as the person may see it. What they may not see does not exist."""
    try:
        return read_ticket(people.of(request.user), code)
    except NotVisible as error:
        raise Http404(error.message) from None


def refused_page(
    request: HttpRequest, code: str, error: OperationError, refused: Refused | None, changes: Sequence[Entry] = ()
) -> HttpResponse:
    """The page again with the refused form as it was, why it was refused, and what has happened since."""
    found = read_or_404(request, code)
    context = page_context(request, found, refused=refused)
    context.update(problem=error, changes=changes)
    return say_when(render(request, _template(context), context, status=error.status), error)


def page_context(request: HttpRequest, found: Ticket, *, refused: Refused | None = None) -> dict[str, Any]:
    """Everything that the page shows."""
    now, person = clock.now(), people.of(request.user)
    hours = getattr(request.user, "time_format", "24")
    is_enterprise = is_filer_side(person, found.enterprise_id, found.filer_id)
    days = timeline(found, person, now=now, hours=hours)
    entries = [entry for day in days for entry in day.entries]
    tab = request.GET.get("tab", "")
    desk = desk_of(found, request.user, is_enterprise=is_enterprise, tab=tab, refused=refused)
    return {
        "ticket": found,
        "is_enterprise": is_enterprise,
        "sees_routing": found.lead_agency is None or is_inside(person, found.lead_agency.code),
        "sees_assignee": sees_suggestion(person, found),
        "now": now,
        "days": days,
        "entries": entries,
        "last_event_id": entries[0].event.pk if entries else 0,
        "question": next((entry.quote for entry in entries if entry.event.type == "ticket.info_requested"), ""),
        "next_step": next_step(found, now=now, hours=hours),
        "desk": desk,
        "presence_words": presence_words(),
        "mentionable": partial(people_on, found),  # read only where a note is written
        "may_decide_membership": rules.works_at_a_counter(request.user),
        "may_edit_rules": person.is_coordinator,
        "offer": offer_of(found) if person.is_coordinator else None,
        "is_new": request.GET.get("received") == "1" and is_enterprise,
        **_clock_context(found, now, hours, entries),
        "clock_lines": clock_lines(found, now, is_enterprise=is_enterprise),
        **_parts_context(found, person, desk, now),
        **_relatives(found, person),
        "answered": found if found.answer else None,
        **_answer_context(found),
        "similar": [] if is_enterprise or not found.is_open else _similar(found),
    }


def _template(context: dict[str, Any]) -> str:
    return f"issues/ticket/{'enterprise' if context['is_enterprise'] else 'officer'}.html"


def _clock_context(found: Ticket, now: Any, hours: str, entries: Sequence[Entry]) -> dict[str, Any]:
    """The answer clock with its reasons; an extension's old due time comes from its row."""
    granted = [row for row in found.extensions.all() if row.status == Extension.Status.GRANTED]
    before = granted[-1].old_due_at if granted else None
    return {"clock": clock_view(found, now, was_due_at=before), "why": why_due(found, granted, entries, hours)}


def _parts_context(found: Ticket, person: Person, desk: Desk, now: Any) -> dict[str, Any]:
    consultations = [
        {
            "row": row,
            "clock": view_of(row.clock, now),
            "cancel": desk.get(f"consultation_cancel-{row.pk}"),
            "is_mine": row.agency_id in person.officer_agency_ids,
        }
        for row in found.consultations.all()
    ]
    return {
        "consultations": consultations,
        "consultations_answered": sum(1 for row in found.consultations.all() if row.status == "answered"),
        "extensions": list(found.extensions.all()),
        "decisions": [{"row": row, "scores": _scores(row)} for row in found.routing_decisions.all()],
    }


def _scores(row: RoutingDecision) -> list[tuple[str, float]]:
    """The first votes of the text, with the names of the categories."""
    names = dict(Category.choices)
    return [
        (str(names.get(vote["code"], vote["code"])), vote["score"])
        for vote in row.scores[:SHOWN_VOTES]
        if vote["score"] >= NOTEWORTHY
    ]


def _similar(found: Ticket) -> list[SimilarAnswer]:
    """Published answers near to it, from the vote that was taken when it was routed; one query."""
    votes = next((row.scores for row in reversed(found.routing_decisions.all()) if row.scores), [])
    near = similar_of([CategoryScore.from_dict(vote) for vote in votes])
    return [answer for answer in near if answer.ticket.pk != found.pk]


def _relatives(found: Ticket, person: Person) -> dict[str, Any]:
    """The whole and the parts of a split proposal, and which of them the person may open; one query at most."""
    parts = list(found.parts.all())
    near = [*parts, *([found.split_from] if found.split_from else [])]
    if not near:
        return {}
    open_ = visible_tickets(person).filter(pk__in=[ticket.pk for ticket in near])
    return {"parts": parts, "whole": found.split_from, "may_open": set(open_.values_list("pk", flat=True))}


def _answer_context(found: Ticket) -> dict[str, Any]:
    joined = found.merged_into
    if joined is not None and joined.status in (TicketStatus.RESOLVED, TicketStatus.CLOSED):
        # Its people get the one answer, here too.
        return {"rating": None, "reopen_until": None, "close_at": None, "answered": joined}
    if found.status not in (TicketStatus.RESOLVED, TicketStatus.CLOSED):
        return {"rating": None, "reopen_until": None, "close_at": None}
    return {
        "rating": next((row for row in found.ratings.all() if row.cycle == found.cycle), None),
        "reopen_until": policies.reopen_until(found),
        "close_at": policies.close_unconfirmed_at(found) if found.status == TicketStatus.RESOLVED else None,
    }
