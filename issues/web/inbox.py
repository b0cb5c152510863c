"""The inbox of people who work for the city: what waits for them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts import people
from core import clock
from issues.live.feed import newest_id
from issues.queries.inbox import inbox as lists_of
from issues.queries.rule_offers import open_offers
from issues.web.bulk import offered_to
from issues.web.staff import hours_of, staff_side


@require_safe
@staff_side
def inbox(request: HttpRequest) -> HttpResponse:
    """The lists of the person's roles; with `?fragment=` the lists alone."""
    person = people.of(request.user)
    context = {
        "live_after": newest_id(),
        "lists": lists_of(person, clock.now(), hours=hours_of(request)),
        "hours": hours_of(request),
        "bulk": offered_to(person),
        "offers": open_offers() if person.is_coordinator else [],
    }
    template = "issues/inbox/lists.html" if request.GET.get("fragment") else "issues/inbox/page.html"
    return render(request, template, context)
