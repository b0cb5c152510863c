"""The list of one's own proposals."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import people
from core import clock, limits
from core.text import beginning
from issues import rules
from issues.queries.my_tickets import SHOWN, my_tickets
from issues.queries.ticket_search import LONGEST
from issues.sentences.next_step import next_step

_LABELS = {
    "all": _("All"),
    "open": _("Open"),
    "answered": _("Answered"),
    "closed": _("Closed"),
    "drafts": _("Drafts"),
}


@never_cache
@login_required
@require_safe
def tickets(request: HttpRequest) -> HttpResponse:
    """For members of an enterprise; officers have their inbox."""
    person = people.of(request.user)
    if person.is_staff_side and not person.enterprise_ids:
        return redirect(f"/{request.LANGUAGE_CODE}/inbox/")
    show = request.GET.get("show", "all")
    show = show if show in SHOWN else "all"
    q, now = beginning(request.GET.get("q", ""), LONGEST).strip(), clock.now()
    if q:
        limits.spend_by_caller(request, "search")
    found = my_tickets(person, show=show, q=q, page=request.GET.get("page", "1"), now=now)
    hours = getattr(request.user, "time_format", "24")
    context = {
        "rows": [{"row": row, "next": next_step(row.ticket, now=now, hours=hours)} for row in found.rows],
        "page_obj": found.page,
        "show": show,
        "q": q,
        "found": found.found,
        "tabs": [
            {
                "label": _LABELS[name],
                "url": "?" if name == "all" else f"?show={name}",
                "is_current": name == show,
                "count": found.counts[name],
            }
            for name in SHOWN
        ],
        "has_any": any(found.counts.values()),
        "has_enterprise": rules.files_for_enterprise(request.user),
    }
    return render(request, "issues/mine.html", context)
