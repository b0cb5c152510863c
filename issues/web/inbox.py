"""The inbox of people who work for the city: what waits for them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts import people
from core import clock, limits
from core.text import beginning
from issues.live.feed import newest_id
from issues.queries.found_tickets import found_tickets, page_number
from issues.queries.inbox import inbox as lists_of
from issues.queries.rule_offers import open_offers
from issues.queries.ticket_search import LONGEST, TicketQuery
from issues.web.bulk import offered_to
from issues.web.staff import hours_of, staff_side


@require_safe
@staff_side
def inbox(request: HttpRequest) -> HttpResponse:
    """The lists of the person's roles, or with `?q=` the tickets looked for; with `?fragment=` that part alone."""
    person, hours = people.of(request.user), hours_of(request)
    context: dict[str, Any] = {"live_after": newest_id(), "hours": hours}
    q = beginning(request.GET.get("q", ""), LONGEST).strip()
    if q:
        if not request.GET.get("fragment"):  # a live page asks again by itself
            limits.spend_by_caller(request, "search")
        page = page_number(request.GET.get("page", ""))
        context["search"] = found_tickets(TicketQuery(person, q), page=page, now=clock.now(), hours=hours)
    else:
        context |= {
            "lists": lists_of(person, clock.now(), hours=hours),
            "bulk": offered_to(person),
            "offers": open_offers() if person.is_coordinator else [],
        }
    template = "issues/inbox/lists.html" if request.GET.get("fragment") else "issues/inbox/page.html"
    return render(request, template, context)
