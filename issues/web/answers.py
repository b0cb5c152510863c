"""Published answers: the list, one answer, and "same for me"."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import people
from accounts.models import Agency
from core.errors import OperationError
from core.text import clean
from issues.actions import enterprise
from issues.actor import Actor
from issues.models import Category, Ticket
from issues.queries.answers import PAGE_SIZE, find_answers, published_answers, working_time_used

LONGEST_QUERY = 200


@require_safe
def answer_list(request: HttpRequest) -> HttpResponse:
    """Every published answer, found by words, field and agency."""
    q = clean(request.GET.get("q", ""))[:LONGEST_QUERY].strip()
    category = request.GET.get("category", "")
    agency = clean(request.GET.get("agency", ""))[:20]
    found = find_answers(q, category=category if category in Category.values else "", agency=agency)
    context = {
        "q": q,
        "category": category,
        "agency": agency,
        "categories": Category.choices,
        "agencies": Agency.objects.filter(lead_tickets__in=published_answers().values("pk")).distinct(),
        "page_obj": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "count": len(found),
    }
    return render(request, "issues/answers.html", context)


@require_safe
def answer_page(request: HttpRequest, code: str) -> HttpResponse:
    """One published answer, for everybody. A ticket that is not published does not exist here."""
    answer = get_object_or_404(published_answers(), code=code)
    person = people.of(request.user)
    context = {
        "answer": answer,
        "used": working_time_used(answer),
        "may_join": bool(person.enterprise_ids) and answer.enterprise_id not in person.enterprise_ids,
        "has_joined": answer.parties.filter(enterprise_id__in=person.enterprise_ids).exists(),
    }
    return render(request, "issues/answer.html", context)


@require_POST
@login_required
def join_answer(request: HttpRequest, code: str) -> HttpResponse:
    """Say that one's own enterprise has the same problem."""
    ticket = Ticket.objects.filter(code=code).first()
    if ticket is None:
        raise Http404
    try:
        enterprise.join(ticket=ticket, actor=Actor.of(request.user))
    except OperationError as error:
        if error.status == 404:
            raise Http404 from error
        messages.error(request, error.message)
    else:
        messages.success(request, _("Noted: your enterprise has the same problem. You will hear of every change."))
    return redirect("issues:answer", code=code)
