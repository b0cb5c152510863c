"""Trying a search in the administration: how a text is understood, and why the results are there, in words."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.admin.viewsets.base import ViewSet

from core import limits
from core.text import beginning
from search import documents, engines
from search.admin.access import ReadersMenuItem, may_read
from search.engines.base import EngineUnavailable, SearchQuery
from search.explaining import sentences
from search.explaining.explain import Explanation, explain
from search.query.typed import MAX_CHARACTERS

NAMESPACE = "try_search"
EXPLAINED = 10  # results


def address(text: str, locale: str, *, kind: str = "", about: str = "") -> str:
    """Where a text is explained; `kind` is the part of the site, `about` the id of a document, see `explain`."""
    asked = {"q": text, "locale": locale, "kind": kind, "about": about}
    return f"{reverse(f'{NAMESPACE}:try')}?{urlencode({name: value for name, value in asked.items() if value})}"


@require_safe
def try_search(request: HttpRequest) -> HttpResponse:
    """A form, and below it the explanation of what was typed. It is not counted as a search."""
    if not may_read(request.user):
        raise PermissionDenied
    text = beginning(request.GET.get("q", ""), MAX_CHARACTERS).strip()
    locale = _one_of(request.GET.get("locale", ""), documents.locales()) or get_language() or "vi"
    kind = _one_of(request.GET.get("kind", ""), documents.published())
    explanation, problem = None, ""
    if text:
        limits.spend_by_caller(request, "search")
        explanation, problem = _explained(text, locale, kind, request.GET.get("about", ""))
    elif "q" in request.GET:
        problem = _("Write what somebody would type into the search field.")
    context = {
        "page_title": _("Try a search"),
        "header_icon": "search",
        "q": text,
        "most": MAX_CHARACTERS,
        "language": locale,
        "languages": settings.LANGUAGES,
        "kind": kind,
        "kinds": [(name, sentences.KINDS.get(name, name)) for name in documents.published()],
        "problem": problem,
        "explanation": explanation,
    }
    if explanation:
        hits = sentences.hit_lines(explanation)
        about = sentences.hit_line(explanation.about) if explanation.about else None
        context |= {
            "parts": sentences.parts(explanation.understood),
            "notes": sentences.notes(explanation.understood),
            "hits": hits,
            "about": about,
            "rest": explanation.count - len(hits),
        }
    return render(request, "search/admin/try_search.html", context)


def _one_of(given: str, known: tuple[str, ...]) -> str:
    return given if given in known else ""


def _explained(text: str, locale: str, kind: str, about: str) -> tuple[Explanation | None, str]:
    engine = engines.current()
    if engine is None:
        return None, _("There is no search engine here: lists come straight from the database, which ranks nothing.")
    kinds = (kind,) if kind else documents.published()
    try:
        return explain(engine, text, SearchQuery(locale=locale, kinds=kinds, limit=EXPLAINED), about=about), ""
    except EngineUnavailable:
        return None, _("The search engine does not answer now. Try again in a moment.")


class TrySearchViewSet(ViewSet):
    """The page, in the menu beside the report of searched words."""

    name = NAMESPACE
    url_prefix = "try-search"
    icon = "search"
    menu_label = gettext_lazy("Try a search")
    menu_item_class = ReadersMenuItem

    def get_urlpatterns(self) -> list[Any]:
        return [path("", try_search, name="try")]
