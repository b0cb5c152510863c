"""Documents of projects: the facts of the list and, where a page of that language is published, its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from django.utils.translation import override

from investment import buckets, freshness
from investment.models import LISTED, Project
from search import documents
from search.engines.base import Document, Kind
from search.page_words import PageWords, project_pages

# Never confirmed ranks with those past their confirmation.
_NEVER = date(1970, 1, 1)


def all_ids() -> list[int]:
    """Every project on the list."""
    return list(Project.objects.filter(status__in=LISTED).order_by("pk").values_list("pk", flat=True))


def build(object_ids: Sequence[int]) -> Iterator[Document]:
    """One document per language of each project on the list."""
    projects = list(
        Project.objects.filter(pk__in=object_ids, status__in=LISTED).select_related("ward", "contact_agency")
    )
    pages = project_pages([project.pk for project in projects])
    for locale in documents.locales():
        with override(locale):
            for project in projects:
                yield _document(project, locale, pages.get((project.pk, locale)))


def _document(project: Project, locale: str, page: PageWords | None) -> Document:
    title = page.title if page else project.name
    capital, area = project.capital_vnd_billion, project.area_ha
    return Document(
        kind=Kind.PROJECT,
        object_id=project.pk,
        locale=locale,
        title=title,
        summary=page.summary if page else "",
        body=page.body if page else "",
        names=_joined(_names(project), without=title),
        url=page.url if page else f"/{locale}/projects/",
        values={
            "sector": project.sector,
            "province": project.province,
            "form": project.form,
            "status": project.status,
            "capital": buckets.capital_bucket(capital, project.capital_usd_million),
            "area": buckets.area_bucket(area),
            "ward": project.ward.code if project.ward else "",
        },
        capital_vnd=None if capital is None else float(capital),
        area_ha=None if area is None else float(area),
        year=project.source_year,
        confirmed_on=project.confirmed_on,
        fresh_until=_fresh_until(project.confirmed_on),
    )


def _names(project: Project) -> Iterable[str]:
    """The short facts people search by; the names in both languages, since papers mix them."""
    yield from (project.place, project.place_today, project.province)
    if project.ward:
        yield project.ward.name
    if project.sector:
        yield str(project.get_sector_display())
    yield from (project.code, project.investment_form, project.sector_as_published)
    if project.contact_agency:
        yield project.contact_agency.name
    yield from (project.contact_as_published, project.issuing_agency, project.name_vi, project.name_en)


def _joined(texts: Iterable[str], *, without: str) -> str:
    return " · ".join(dict.fromkeys(text for text in texts if text and text != without))


def _fresh_until(confirmed_on: date | None) -> date:
    if confirmed_on is None:
        return _NEVER
    return confirmed_on + timedelta(days=freshness.rules_in_force().every_days)


SOURCE = documents.Source(kind=Kind.PROJECT, all_ids=all_ids, build=build)
