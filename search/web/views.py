import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from core import limits
from core.text import beginning
from search import searched
from search.query.typed import MAX_CHARACTERS
from search.web import suggestions as completing
from search.web.site_search import EXAMPLES, find

_ID = re.compile(r"[a-z][a-z0-9-]{0,30}")


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Everything that is published, found by words."""
    q = beginning(request.GET.get("q", ""), MAX_CHARACTERS).strip()
    if q:
        limits.spend_by_caller(request, "search")
    locale, kind, page = get_language() or "vi", request.GET.get("kind", ""), request.GET.get("page", "")
    found = find(q, kind=kind, page=page, locale=locale)
    if q and not kind and not page and request.method == "GET":  # leafing through the results is the same search
        searched.record(q, locale, found.count)
    return render(request, "search/results.html", {"found": found, "examples": EXAMPLES})


@require_POST
def clicked(request: HttpRequest) -> HttpResponse:
    """Count that a result was opened. The page says it in passing (js/search.js) and reads no answer."""
    limits.spend_by_caller(request, "click")
    given = request.POST.get("position", "")
    position = int(given) if given.isascii() and given.isdigit() and len(given) < 6 else 0
    searched.record_click(request.POST.get("q", ""), get_language() or "vi", position)
    return HttpResponse(status=204)


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """The options of the listbox under a search field; `id` is the listbox's, from which those of its parts follow."""
    q = beginning(request.GET.get("q", ""), MAX_CHARACTERS).strip()
    if q:
        limits.spend_by_caller(request, "suggestion")
    groups = completing.groups(q, get_language() or "vi")
    asked = request.GET.get("id", "")
    return render(
        request,
        "search/suggestions.html",
        {
            "groups": groups,
            "count": sum(len(group.options) for group in groups),
            "id": asked if _ID.fullmatch(asked) else "suggestions",
        },
    )
