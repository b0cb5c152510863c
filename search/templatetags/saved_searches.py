"""`{% load saved_searches %}`: parts about saved searches and followed projects for pages of the rooms below."""

from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.translation import get_language

from cms.project_choices import in_words
from investment.catalogue import ProjectQuery, words_for
from investment.models import Project
from search.models import ProjectFollow, SavedSearch
from search.saved.listing import key_of, list_path, normal_form, query_of
from search.saved.running import counts_now

register = template.Library()


@register.inclusion_tag("search/parts/save_search.html", takes_context=True)
def save_search(context: Context, query: ProjectQuery) -> dict[str, Any]:
    """The way to save what the list shows; where it is saved, how often its mails come. One query for who signed in."""
    text = normal_form(query)
    address = reverse("saved:new")
    user = _signed_in(context)
    return {
        "url": f"{address}?{text}" if text else address,
        "search": user and SavedSearch.objects.filter(user=user, key=key_of(text, query.locale)).first(),
    }


@register.inclusion_tag("search/parts/follow.html", takes_context=True)
def follow_button(context: Context, project: Project) -> dict[str, Any]:
    """Follow a project, or stop it. One query for who signed in."""
    user = _signed_in(context)
    return {
        "project": project,
        "is_signed_in": user is not None,
        "is_followed": user and ProjectFollow.objects.filter(user=user, project=project).exists(),
    }


@register.inclusion_tag("search/parts/account.html", takes_context=True)
def account_searches(context: Context) -> dict[str, Any]:
    """The saved searches and followed projects of the reader, for the account page."""
    user = _signed_in(context)
    searches = list(SavedSearch.objects.filter(user=user).defer("known"))
    queries = [query_of(search) for search in searches]
    follows = list(ProjectFollow.objects.filter(user=user).select_related("project"))
    words = words_for([one.project for one in follows], get_language() or "vi")
    return {
        "list_url": f"/{get_language() or 'vi'}/projects/",
        "searches": [
            {"search": search, "chips": in_words(query), "count": count, "url": list_path(search)}
            for search, query, count in zip(searches, queries, counts_now(queries), strict=True)
        ],
        "frequencies": SavedSearch.Frequency.choices,
        "follows": [{"project": one.project, "since": one.since, "words": words[one.project_id]} for one in follows],
    }


def _signed_in(context: Context) -> Any:
    user = getattr(context.get("request"), "user", None)  # previews have none
    return user if user is not None and user.is_authenticated else None
