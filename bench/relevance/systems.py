"""What is compared: each system answers a query with the keys of its first ten documents, as a page would show them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from bench.relevance.queries import Query

if TYPE_CHECKING:
    from search.engines.base import Engine

TOP = 10
System = Callable[[Query], list[str]]


def of_engine(engine: Engine) -> System:
    """An engine, asked as the pages ask it: understood, corrected and loosened where nothing is found."""
    from search import finding  # noqa: PLC0415 - Django has to be set up before
    from search.engines.base import SearchQuery  # noqa: PLC0415

    keys = document_keys()

    def answer(query: Query) -> list[str]:
        asked = SearchQuery(locale=query.locale, kinds=query.kinds, limit=TOP)
        hits = finding.find(engine, query.text, asked).result.hits
        return [keys.get((hit.kind, hit.object_id), hit.id) for hit in hits]

    return answer


def document_keys() -> dict[tuple[str, int], str]:
    """The key of each document that can be judged, by kind and object."""
    import json  # noqa: PLC0415
    from pathlib import Path  # noqa: PLC0415

    from cms.models import ContentPage  # noqa: PLC0415
    from cms.setup import translation_key  # noqa: PLC0415
    from cms.starter import CONTENT  # noqa: PLC0415
    from investment.models import Project  # noqa: PLC0415
    from issues.queries.answers import published_answers  # noqa: PLC0415

    proposals = json.loads(Path("data/proposals.json").read_text(encoding="utf-8"))
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
