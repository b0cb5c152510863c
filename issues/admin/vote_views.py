"""What the text vote learns from, in the administration: the tickets, why each counts, and leaving one out."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts import people
from core.errors import NotAllowed
from issues import rules
from issues.access import visible_tickets
from issues.actions import routing_rules
from issues.actor import Actor
from issues.assignment import trained_vote
from issues.models import Ticket, VoteExclusion

PAGE_SIZE = 50


@dataclass(frozen=True)
class Lesson:
    """One ticket that the vote learns from, and why it is used."""

    ticket: Ticket
    title: str
    by_hand: bool


def lessons(request: HttpRequest) -> HttpResponse:
    """The tickets that the vote learns from, newest first, and those that were left out."""
    if not rules.may_edit_rules(request.user):
        raise PermissionDenied
    page = Paginator(trained_vote.evidence(), PAGE_SIZE).get_page(request.GET.get("p"))
    person = people.of(request.user)
    left_out = list(VoteExclusion.objects.select_related("ticket", "by"))
    shown = [*(ticket.pk for ticket in page), *(row.ticket_id for row in left_out)]
    visible = set(visible_tickets(person).filter(pk__in=shown).values_list("pk", flat=True))
    context: dict[str, Any] = {
        "lessons": [
            Lesson(t, t.title if t.pk in visible else "", by_hand=t.category_checked_at is not None) for t in page
        ],
        "left_out": [(row, row.ticket.title if row.ticket_id in visible else "") for row in left_out],
        "page": page,
        "most": trained_vote.MOST_EXAMPLES,
    }
    return render(request, "issues/admin/lessons.html", context)


def leave_out(request: HttpRequest, code: str) -> HttpResponse:
    """Leave a ticket out, or take it in again (`back` in the form)."""
    ticket = get_object_or_404(Ticket, code=code)
    if request.method != "POST":
        return redirect("categoryterm:lessons")
    try:
        if request.POST.get("back"):
            routing_rules.learn_again(actor=Actor.of(request.user), ticket=ticket)
            messages.success(request, _("The text vote learns from {code} again.").format(code=code))
        else:
            reason = str(request.POST.get("reason", ""))
            routing_rules.learn_not(actor=Actor.of(request.user), ticket=ticket, reason=reason)
            messages.success(request, _("The text vote does not learn from {code} any more.").format(code=code))
    except NotAllowed as error:
        raise PermissionDenied(error.message) from error
    return redirect("categoryterm:lessons")
