from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from core import limits
from core.text import beginning
from search.query.understand import MAX_CHARACTERS
from search.web.site_search import find


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Everything that is published, found by words: projects and pages."""
    q = beginning(request.GET.get("q", ""), MAX_CHARACTERS).strip()
    if q:
        limits.spend_by_caller(request, "search")
    found = find(q, kind=request.GET.get("kind", ""), page=request.GET.get("page", ""), locale=get_language() or "vi")
    return render(request, "search/results.html", {"found": found})
