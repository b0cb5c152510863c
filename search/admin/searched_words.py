"""What people searched for, in the administration: without result, most often, and opened too far down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import F, FloatField, Max, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from wagtail.admin.viewsets.base import ViewSet

from core import clock
from search.admin import try_search
from search.admin.access import ReadersMenuItem, may_read
from search.models import SearchedText, WordGroup
from search.words.lines import exact, split

NAMESPACE = "searched_words"
PAGE_SIZE = 50
PERIODS = (7, 30, 90)  # days
_DEFAULT_PERIOD = 30

Rows = QuerySet[Any, dict[str, Any]]  # grouped: the sums are no fields of the model


def _without_result(rows: Rows) -> Rows:
    return rows.filter(found=0).order_by("-times", "text", "locale")


def _most_searched(rows: Rows) -> Rows:
    return rows.order_by("-times", "text", "locale")


def _far_down(rows: Rows) -> Rows:
    average = Cast("position_sum", FloatField()) / F("opened")
    return rows.filter(opened__gt=0).annotate(average=average).order_by("-average", "-opened", "text", "locale")


SHOWN: dict[str, tuple[Any, Callable[[Rows], Rows]]] = {
    "none": (gettext_lazy("Without result"), _without_result),
    "most": (gettext_lazy("Most searched"), _most_searched),
    "far": (gettext_lazy("Opened far down"), _far_down),
}


def searched(days: int) -> Rows:
    """Each text in each language with its sums over the last `days` days and what its last search found."""
    since = timezone.localdate(clock.now()) - timedelta(days=days - 1)
    last = SearchedText.objects.filter(text=OuterRef("text"), locale=OuterRef("locale")).order_by("-day")
    return (
        SearchedText.objects.filter(day__gte=since, searches__gt=0)
        .values("text", "locale")
        .annotate(
            times=Sum("searches"),
            opened=Sum("clicks"),
            position_sum=Sum("positions"),
            last_day=Max("day"),
            found=Subquery(last.values("results")[:1]),
        )
    )


@dataclass(frozen=True)
class Line:
    """One text of the report. `group_url` leads to the group that has it already."""

    row: dict[str, Any]
    language: str
    average: float | None
    group_url: str
    new_group_url: str
    why_url: str


@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """One of the three lists for a period."""
    if not may_read(request.user):
        raise PermissionDenied
    show = request.GET.get("show", "")
    show = show if show in SHOWN else next(iter(SHOWN))
    given = request.GET.get("days", "")
    days = next((days for days in PERIODS if str(days) == given), _DEFAULT_PERIOD)
    page = Paginator(SHOWN[show][1](searched(days)), PAGE_SIZE).get_page(request.GET.get("p"))
    context = {
        "page_title": _("Searched words"),
        "header_icon": "search",
        "page_obj": page,
        "lines": _lines(page, request.get_full_path()),
        "show": show,
        "tabs": [
            (name, label, f"?{urlencode({'show': name, 'days': days})}") for name, (label, _rows) in SHOWN.items()
        ],
        "days": days,
        "periods": PERIODS,
        "kept_days": settings.SEARCHES_DAYS,
        "may_add": request.user.has_perm("search.add_wordgroup"),
        "query": urlencode({"show": show, "days": days}),
    }
    return render(request, "search/admin/searched_words.html", context)


def _lines(page: Page, back: str) -> list[Line]:
    groups = _groups()
    languages = dict(settings.LANGUAGES)
    return [
        Line(
            row=row,
            language=str(languages.get(row["locale"], row["locale"])),
            average=row["position_sum"] / row["opened"] if row["opened"] else None,
            group_url=reverse("word_groups:edit", args=[group]) if (group := groups.get(exact(row["text"]))) else "",
            new_group_url=f"{reverse('word_groups:add')}?{urlencode({'typed': row['text'], 'next': back})}",
            why_url=try_search.address(row["text"], row["locale"]),
        )
        for row in page
    ]


def _groups() -> dict[tuple[str, ...], int]:
    """The active group of each word, by what makes words the same."""
    rows = WordGroup.objects.filter(active=True).values_list("pk", "forms", "also_typed")
    return {exact(line): pk for pk, forms, typed in rows for line in (*split(forms), *split(typed))}


class SearchedWordsViewSet(ViewSet):
    """The report, in the menu beside the groups of words."""

    name = NAMESPACE
    url_prefix = "searched-words"
    icon = "list-ul"
    menu_label = gettext_lazy("Searched words")
    menu_item_class = ReadersMenuItem

    def get_urlpatterns(self) -> list[Any]:
        return [path("", report, name="report")]
