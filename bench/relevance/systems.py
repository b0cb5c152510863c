"""What is compared: each system answers a query with the keys of its first ten documents, as a page would show them."""

# ruff: noqa: PLC0415 - Django has to be set up before its models can be imported.
from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from bench.relevance.queries import DATA, Query

if TYPE_CHECKING:
    from search.engines.base import Engine

TOP = 10
System = Callable[[Query], list[str]]
Keys = Mapping[tuple[str, int], str]  # the key of each document that can be judged, by kind and object


def of_engine(engine: Engine, keys: Keys) -> System:
    """An engine, asked as the pages ask it: understood, corrected and loosened where nothing is found."""
    from search import finding
    from search.engines.base import SearchQuery

    def answer(query: Query) -> list[str]:
        asked = SearchQuery(locale=query.locale, kinds=query.kinds, limit=TOP)
        hits = finding.find(engine, query.text, asked).result.hits
        return [keys.get((hit.kind, hit.object_id), hit.id) for hit in hits]

    return answer


def of_database(query: Query) -> list[str]:
    """The list of projects without an engine. Pages and answers it does not search."""
    from investment import database_backend
    from investment.project_query import ProjectQuery

    if "project" not in query.kinds:
        return []
    asked = ProjectQuery(q=query.text, locale=query.locale, page_size=TOP)
    return [hit.project.code for hit in database_backend.search(asked).hits]


def of_wagtail(keys: Keys) -> System:
    """Wagtail's own search in the database, over the pages of projects and the others in the reader's language."""
    from wagtail.models import Locale

    from cms.models import ContentPage, ProjectPage

    def answer(query: Query) -> list[str]:
        found: list[str] = []
        locale = Locale.objects.get(language_code=query.locale)
        if "project" in query.kinds:
            pages = ProjectPage.objects.live().filter(locale=locale)
            found += [page.project.code for page in pages.search(query.text)[:TOP]]
        if "page" in query.kinds:
            others = ContentPage.objects.live().filter(locale=locale)
            found += [keys.get(("page", page.pk), "") for page in others.search(query.text)[:TOP]]
        return found[:TOP]

    return answer


def document_keys() -> Keys:
    """The keys of the documents of the demonstration."""
    from cms.models import ContentPage
    from cms.setup import translation_key
    from cms.starter import CONTENT
    from investment.models import Project
    from issues.queries.answers import published_answers

    proposals = json.loads((DATA / "proposals.json").read_text(encoding="utf-8"))
    by_title = {proposal["title_vi"]: proposal["id"] for proposal in proposals}
    starter = {str(translation_key(page.key)): page.key for page in CONTENT}
    keys = {("project", pk): code for pk, code in Project.objects.values_list("pk", "code")}
    for pk, key in ContentPage.objects.values_list("pk", "translation_key"):
        if str(key) in starter:
            keys["page", pk] = starter[str(key)]
    for pk, title in published_answers().values_list("pk", "public_title"):
        if title in by_title:
            keys["answer", pk] = by_title[title]
    return keys
