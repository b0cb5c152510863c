"""A page in each language for every loaded project, written in bulk: 520 pages in a second or two."""

from collections.abc import Sequence
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F
from wagtail.models import Locale, Page
from wagtail.search.backends import get_search_backend

from cms import demo_words, translations
from cms.models import ProjectIndexPage, ProjectPage
from cms.models.project_page import slug_for
from cms.setup import SOURCE, project_index, setup_site
from investment.models import Project

_BATCH = 100


@transaction.atomic
def load_project_pages(projects: Sequence[Project], now: datetime) -> int:
    """Create the missing pages of `projects` (in both languages) as published at `now`; returns how many.

    The tree is written in bulk: paths are counted here, the parent's number of children is corrected once, and
    Wagtail's own search index is filled at the end. Existing pages are not changed. The search app's index is not
    updated row by row: rebuild it afterwards.
    """
    setup_site()
    created: list[ProjectPage] = []
    for locale in Locale.objects.all():
        have = set(ProjectPage.objects.filter(locale=locale).values_list("project_id", flat=True))
        missing = [project for project in projects if project.pk not in have]
        created += _create(missing, project_index(locale.language_code), locale, now)
    translations.record_missing(SOURCE)
    backend = get_search_backend()
    for start in range(0, len(created), _BATCH):
        backend.add_bulk(ProjectPage, created[start : start + _BATCH])
    return len(created)


def _create(projects: Sequence[Project], parent: ProjectIndexPage, locale: Locale, now: datetime) -> list[ProjectPage]:
    if not projects:
        return []
    last = parent.get_children().order_by("path").last()
    first_step = 1 if last is None else ProjectPage._str2int(last.path[-ProjectPage.steplen :]) + 1
    content_type = ContentType.objects.get_for_model(ProjectPage)
    pages = [
        _page(project, parent, locale, now, first_step + number, content_type)
        for number, project in enumerate(projects)
    ]
    parents = Page.objects.bulk_create((_parent_row(page) for page in pages), batch_size=_BATCH)
    for page, row in zip(pages, parents, strict=True):
        page.pk = page.page_ptr_id = row.pk
        page.save_base(raw=True, force_insert=True)
    Page.objects.filter(pk=parent.pk).update(numchild=F("numchild") + len(pages))
    return pages


def _page(
    project: Project, parent: ProjectIndexPage, locale: Locale, now: datetime, step: int, content_type: ContentType
) -> ProjectPage:
    title = demo_words.title(project, locale.language_code)
    slug = slug_for(project, title)
    return ProjectPage(
        project=project,
        title=title,
        draft_title=title,
        slug=slug,
        summary=demo_words.summary(project, locale.language_code),
        search_description=demo_words.summary(project, locale.language_code),
        locale=locale,
        translation_key=uuid5(NAMESPACE_URL, f"trong-ngay/project/{project.code}"),
        content_type=content_type,
        path=ProjectPage._get_path(parent.path, parent.depth + 1, step),
        depth=parent.depth + 1,
        url_path=f"{parent.url_path}{slug}/",
        live=True,
        has_unpublished_changes=False,
        first_published_at=now,
        last_published_at=now,
        latest_revision_created_at=now,
    )


def _parent_row(page: ProjectPage) -> Page:
    return Page(
        **{field.attname: getattr(page, field.attname) for field in Page._meta.concrete_fields if field.name != "id"}
    )
