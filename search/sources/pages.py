"""The words of published pages, as search needs them: plain text and the path of the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import translation
from wagtail.models import Page

from cms.languages import in_own_words
from cms.models import ContentPage, ProjectPage
from issues.sentences.limit_words import fill_in
from search import documents
from search.engines.base import Document, Kind


@dataclass(frozen=True)
class PageWords:
    """What one page says. `url` is the path, whatever the host."""

    title: str
    summary: str
    body: str
    url: str


def project_pages(project_ids: Sequence[int]) -> dict[tuple[int, str], PageWords]:
    """The public pages of projects by project and language. Drafts and restricted pages are not among them."""
    pages = (
        in_own_words(ProjectPage.objects.live().public()).filter(project_id__in=project_ids).select_related("locale")
    )
    return {(page.project_id, page.locale.language_code): _words(page) for page in pages}


def content_page_ids() -> QuerySet[ContentPage, int]:
    """Every content page that is published."""
    return ContentPage.objects.live().values_list("pk", flat=True)


def content_documents(page_ids: Sequence[int]) -> Iterator[Document]:
    """One document for each content page that anybody may read."""
    for page in in_own_words(ContentPage.objects.live().public()).filter(pk__in=page_ids).select_related("locale"):
        words = _words(page)
        yield Document(
            kind=Kind.PAGE,
            object_id=page.pk,
            locale=page.locale.language_code,
            title=words.title,
            summary=words.summary,
            body=words.body,
            url=words.url,
        )


def _words(page: ContentPage | ProjectPage) -> PageWords:
    pieces = page.body.stream_block.get_searchable_content(page.body)
    return PageWords(
        title=page.title,
        summary=page.summary,
        body=_with_limits("\n".join(str(piece) for piece in pieces), page.locale.language_code),
        url=_path(page),
    )


def _with_limits(text: str, language: str) -> str:
    """As the page shows it."""
    with translation.override(language):
        return fill_in(text)


def _path(page: Page) -> str:
    parts = page.get_url_parts()
    return (parts and parts[2]) or f"/{page.locale.language_code}/"


SOURCE = documents.Source(kind=Kind.PAGE, all_ids=content_page_ids, build=content_documents)
