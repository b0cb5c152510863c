"""Documents of projects: the facts of the list, the steps and, where a page is published, its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import override

from investment import buckets, freshness
from investment.models import LISTED, Project, ProjectStatus
from investment.provinces import province_today
from investment.standing import standing
from search import documents
from search.engines.base import Document, Kind
from search.sources.pages import PageWords, project_pages

# Never confirmed ranks with those past their confirmation.
_NEVER = date(1970, 1, 1)
# What an investor wants to know first; the share that is known says how complete a project is.
_TELLING = ("capital_vnd_billion", "area_ha", "place", "sector", "investment_form", "contact_agency_id", "confirmed_on")
_CALL_IS_OVER = 0.5  # of the weight remains


def all_ids() -> QuerySet[Project, int]:
    """Every project on the list."""
    return Project.objects.filter(status__in=LISTED).values_list("pk", flat=True)


def build(object_ids: Sequence[int]) -> Iterator[Document]:
    """One document per language of each project on the list."""
    projects = list(
        Project.objects.filter(pk__in=object_ids, status__in=LISTED)
        .select_related("ward", "contact_agency")
        .prefetch_related("steps")
    )
    pages = project_pages([project.pk for project in projects])
    for locale in documents.locales():
        with override(locale):
            for project in projects:
                yield _document(project, locale, pages.get((project.pk, locale)))


def _document(project: Project, locale: str, page: PageWords | None) -> Document:
    title = page.title if page else project.name
    return Document(
        kind=Kind.PROJECT,
        object_id=project.pk,
        locale=locale,
        title=title,
        summary=page.summary if page else "",
        body="\n".join([page.body if page else "", *_steps(project)]).strip(),
        names=_joined(_names(project), without=title),
        url=page.url if page else f"/{locale}/projects/",
        values={name: (value,) for name, value in _values(project).items()},
        numbers=_numbers(project),
        weight=_weight(project),
        own=buckets.where(project.province) == buckets.CITY,
        fresh_until=_fresh_until(project.confirmed_on),
    )


def _values(project: Project) -> dict[str, str]:
    return {
        "sector": project.sector or buckets.NONE,
        "province": project.province or buckets.NONE,
        "form": project.form,
        "status": project.status,
        "capital": buckets.capital_bucket(project.capital_vnd_billion, project.capital_usd_million),
        "area": buckets.area_bucket(project.area_ha),
        buckets.WHERE: buckets.where(project.province),
        **({"ward": project.ward.code} if project.ward else {}),
    }


def _numbers(project: Project) -> dict[str, float]:
    """What the list is narrowed and sorted by. `capital_vnd` is as published, `capital` one comparable value."""
    numbers: dict[str, Decimal | float | None] = {
        "capital_vnd": project.capital_vnd_billion,
        "capital": project.comparable_capital,
        "area": project.area_ha,
        "year": project.source_year,
        "confirmed": project.confirmed_on and project.confirmed_on.toordinal(),
        "standing": standing(project),
    }
    return {name: float(number) for name, number in numbers.items() if number is not None}


def _weight(project: Project) -> float:
    known = sum(1 for name in _TELLING if getattr(project, name) not in (None, ""))
    share = known / len(_TELLING)
    return share if project.status == ProjectStatus.PUBLISHED else share * _CALL_IS_OVER


def _steps(project: Project) -> Iterable[str]:
    """The steps in the language of the document, with what is in both: people search "GPMB" in English too."""
    return dict.fromkeys(name for step in project.steps.all() for name in (step.name, step.name_vi) if name)


def _names(project: Project) -> Iterable[str]:
    """The short facts people search by; the names in both languages, since papers mix them."""
    yield from (project.place, project.place_today, project.province, province_today(project.province))
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
