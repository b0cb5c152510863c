"""One published answer: what everybody may read of a ticket, and "same for me"."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import people
from core.errors import OperationError
from issues.access import TicketFacts, may_see_ticket
from issues.actions import enterprise
from issues.actor import Actor
from issues.queries.answers import published_answers, working_times_used


@require_safe
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """The public words of an answered ticket, for everybody. An answer that is not published is not found here."""
    found = get_object_or_404(published_answers(), code=code)
    person = people.of(request.user)
    context = {
        "answer": found,
        "used": working_times_used([found]).get(found.pk),
        "may_join": bool(person.enterprise_ids) and found.enterprise_id not in person.enterprise_ids,
        "has_joined": found.parties.filter(enterprise_id__in=person.enterprise_ids).exists(),
        "may_see_all": may_see_ticket(person, TicketFacts.of(found)),
    }
    return render(request, "issues/answer.html", context)


@login_required
@require_POST
def join(request: HttpRequest, code: str) -> HttpResponse:
    """Say that one's own enterprise has the same problem."""
    found = get_object_or_404(published_answers(), code=code)
    try:
        enterprise.join(ticket=found, actor=Actor.of(request.user))
    except OperationError as error:
        if error.status == 404:
            raise Http404 from error
        messages.error(request, error.message)
    else:
        messages.success(
            request, _("Recorded: your enterprise has the same problem. You will be notified of every change.")
        )
    return redirect("issues:answer", code)
