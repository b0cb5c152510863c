"""The list of published answers."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Agency
from core import limits
from core.text import beginning
from issues.models import Category
from issues.queries.answer_search import PAGE_SIZE, AnswerQuery, search_answers
from issues.queries.answers import published_answers
from issues.queries.found_tickets import page_number
from issues.queries.ticket_search import in_order

LONGEST_QUERY = 200


@dataclass(frozen=True)
class Choice:
    """An entry of a filter, with the number of answers that it would show."""

    value: str
    label: str
    count: int


@require_safe
def answer_list(request: HttpRequest) -> HttpResponse:
    """Every published answer, found by words, field and agency."""
    q = beginning(request.GET.get("q", ""), LONGEST_QUERY).strip()
    if q:
        limits.spend_by_caller(request, "search")
    category = request.GET.get("category", "")
    category = category if category in Category.values else ""
    agency = beginning(request.GET.get("agency", ""), 20)
    number = page_number(request.GET.get("page", ""))
    query = AnswerQuery(q, category, agency, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    found = search_answers(query)
    last = max(1, -(-found.count // PAGE_SIZE))
    if number > last:
        number = last
        found = search_answers(replace(query, offset=(number - 1) * PAGE_SIZE))
    answers = in_order(list(published_answers().filter(pk__in=found.ids)), found.ids)
    context = {
        "q": q,
        "category": category,
        "agency": agency,
        "categories": _categories(found.facets.get("category", {}), category),
        "agencies": _agencies(found.facets.get("agency", {}), agency),
        "rows": [{"answer": answer, "reason": found.reasons.get(answer.pk, "")} for answer in answers],
        "page_obj": Paginator(range(found.count), PAGE_SIZE).get_page(number),
        "count": found.count,
        "found": found,
    }
    return render(request, "issues/answers.html", context)


def _categories(counts: Mapping[str, int], chosen: str) -> list[Choice]:
    labels = dict(Category.choices)
    shown = [value for value in labels if counts.get(value) or value == chosen]
    return [Choice(value, str(labels[value]), counts.get(value, 0)) for value in shown]


def _agencies(counts: Mapping[str, int], chosen: str) -> list[Choice]:
    """Those with an answer, and the one that was chosen, whatever it has."""
    codes = {code for code, n in counts.items() if n} | {chosen}
    named = Agency.objects.filter(code__in=codes)
    return sorted((Choice(one.code, one.name, counts.get(one.code, 0)) for one in named), key=lambda one: one.label)
