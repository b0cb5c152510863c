"""The board of the task force."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from accounts import people
from accounts.people import Person
from core import clock, limits
from core.today import today as todays
from issues.access import visible_tickets
from issues.clocks.day_axis import opening_marks
from issues.live.feed import newest_id
from issues.models import OPEN_STATUSES, Category, TicketStatus
from issues.queries import board as boards
from issues.queries.duty import roster
from issues.queries.happened import recent_events
from issues.web.staff import hours_of, staff_side


@dataclass(frozen=True)
class Choice:
    """An entry of a filter."""

    value: str
    label: str


@require_safe
@staff_side
def board(request: HttpRequest) -> HttpResponse:
    """The whole page, or with `?fragment=` the part that a live refresh asks for."""
    person, now = people.of(request.user), clock.now()
    fragment = request.GET.get("fragment")
    after = newest_id()  # before anything is read, so that no event falls between page and feed
    chosen = boards.BoardFilter.read(request.GET)
    if chosen.q and not fragment:  # a live page asks again by itself
        limits.spend_by_caller(request, "search")
    if fragment == "counts":
        return render(
            request, "issues/board/counts.html", {"counts": _counts(boards.counts(person, chosen, now), chosen)}
        )
    shown = boards.board(person, chosen, now, hours=hours_of(request))
    context = {
        "board": shown,
        "search": boards.search(person, chosen, now, hours=hours_of(request)) if chosen.is_search else None,
        "filter": chosen,
        "counts": _counts(shown.counts, chosen),
        "hours": hours_of(request),
        "happened": recent_events(person, hours=hours_of(request)),
        "roster": roster(person, timezone.localdate(now)),
        "axis": opening_marks(todays(now), hours_of(request)),
        "live_after": after,
    }
    if fragment == "rows":
        return render(request, "issues/board/live.html", context)
    return render(request, "issues/board/page.html", {**context, **_choices(person)})


def _counts(counts: dict[str, int], chosen: boards.BoardFilter) -> list[dict[str, object]]:
    """The counts above the board; each filters by its section."""
    from_code = [("", "open"), *((code, code) for code in boards.SECTIONS)]
    status = chosen.status if chosen.status in OPEN_STATUSES else None
    return [
        {
            "section": section,
            "code": code,
            "count": counts[code],
            "status": status,
            "is_current": chosen.section == section and not chosen.is_search,
        }
        for section, code in from_code
    ]


def _choices(person: Person) -> dict[str, list[Choice]]:
    """What the filters offer: only what open tickets have; one query."""
    pairs = (
        visible_tickets(person)
        .filter(status__in=OPEN_STATUSES)
        .order_by()
        .values_list(
            "lead_agency__code", "lead_agency__name_vi", "lead_agency__name_en", "assignee_id", "assignee__name"
        )
        .distinct()
    )
    agencies, assignees = {}, {}
    english = (get_language() or "vi").startswith("en")
    for code, name_vi, name_en, assignee_id, assignee in pairs:
        if code:
            agencies[code] = name_en if english and name_en else name_vi
        if assignee_id:
            assignees[str(assignee_id)] = assignee
    return {
        "agencies": _sorted(agencies),
        "assignees": _sorted(assignees),
        "categories": [Choice(value, str(label)) for value, label in Category.choices],
        "statuses": [Choice(str(status), str(TicketStatus(status).label)) for status in boards.STATUSES],
    }


def _sorted(names: dict[str, str]) -> list[Choice]:
    return sorted((Choice(value, label or value) for value, label in names.items()), key=lambda one: one.label)
