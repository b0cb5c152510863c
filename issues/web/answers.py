"""The list of published answers."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Agency
from core import limits
from core.text import beginning
from issues.models import Category
from issues.queries.answers import PAGE_SIZE, find_answers, published_answers

LONGEST_QUERY = 200


@require_safe
def answer_list(request: HttpRequest) -> HttpResponse:
    """Every published answer, found by words, field and agency."""
    q = beginning(request.GET.get("q", ""), LONGEST_QUERY).strip()
    if q:
        limits.spend_by_caller(request, "search")
    category = request.GET.get("category", "")
    agency = beginning(request.GET.get("agency", ""), 20)
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
