"""The home page's sections about proposals: today's numbers, published answers, indices. Nothing private is in them."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest

from core import clock
from issues.queries.answers import working_times_used
from issues.queries.indices import WORKING_DAYS, indices, last_working_days
from issues.queries.public import home_numbers, recent_answers

RECENT = 3


def band(request: HttpRequest, locale: str) -> dict[str, Any]:
    """The day in numbers; one query."""
    del request, locale
    return {"template": "cms/parts/home_band.html", "numbers": home_numbers()}


def answers(request: HttpRequest, locale: str) -> dict[str, Any] | None:
    """The newest published answers; absent while there is none. Two queries."""
    del request, locale
    tickets = recent_answers(RECENT)
    if not tickets:
        return None
    used: dict[int, timedelta] = working_times_used(tickets)
    rows = [{"ticket": ticket, "used": used.get(ticket.pk)} for ticket in tickets]
    return {"template": "cms/parts/home_answers.html", "rows": rows}


def figures(request: HttpRequest, locale: str) -> dict[str, Any] | None:
    """The indices of the last working days; absent while nothing was answered. Two queries."""
    del request, locale
    found = indices(last_working_days(clock.now()))
    if not found.answered:
        return None
    return {"template": "cms/parts/home_indices.html", "figures": found, "days": WORKING_DAYS}
