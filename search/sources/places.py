"""Provinces and wards that have projects on the list, with their older names: each leads to its projects.

Older names: the districts that a ward was a part of, and the provinces merged in 2025 (`investment.provinces`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.utils.translation import override

from accounts.models import Agency
from investment.models import LISTED, Project
from investment.provinces import names_before, province_today
from search import documents
from search.engines.base import Document, Kind
from search.sources.named import number_of

_COMMITTEE_VI = "UBND "
_COMMITTEE_EN = " People's Committee"


def place_ids() -> list[int]:
    """A ward is known by its row, a province by its name."""
    return sorted({*(_wards().values_list("pk", flat=True)), *_provinces()})


def ids_of(project: Project) -> list[int]:
    """The places of one project."""
    ward = [project.ward_id] if project.ward_id else []
    return [*ward, *([province_id(project.province)] if project.province else [])]


def province_id(province: str) -> int:
    """The id of the document of a province."""
    return number_of("province", province)


def place_documents(ids: Sequence[int]) -> Iterator[Document]:
    """A document in each language for each place that has a project on the list."""
    provinces = _provinces()
    wards = list(_wards().filter(pk__in=ids))
    for locale in documents.locales():
        for number in ids:
            if number in provinces:
                yield _province(number, provinces[number], locale)
        with override(locale):
            for ward in wards:
                yield _ward(ward, locale)


def _provinces() -> dict[int, str]:
    """As the filter of the list names them."""
    named = Project.objects.filter(status__in=LISTED).exclude(province="").order_by("province")
    return {province_id(name): name for name in named.values_list("province", flat=True).distinct()}


def _wards() -> QuerySet[Agency]:
    listed = Project.objects.filter(status__in=LISTED, ward__isnull=False)
    return Agency.objects.filter(pk__in=listed.values("ward_id"))


def _province(number: int, name: str, locale: str) -> Document:
    return Document(
        kind=Kind.PLACE,
        object_id=number,
        locale=locale,
        title=name,
        names=_joined([province_today(name), *names_before(name)]),
        url=_list(locale, province=name),
    )


def _ward(ward: Agency, locale: str) -> Document:
    return Document(
        kind=Kind.PLACE,
        object_id=ward.pk,
        locale=locale,
        title=ward.name.removeprefix(_COMMITTEE_VI).removesuffix(_COMMITTEE_EN),
        names=_joined(ward.legacy_districts.split(";")),
        url=_list(locale, ward=ward.code),
    )


def _joined(names: Iterable[str]) -> str:
    return " · ".join(name.strip() for name in names if name.strip())


def _list(locale: str, **filters: str) -> str:
    return f"/{locale}/projects/?{urlencode(filters)}"


SOURCE = documents.Source(kind=Kind.PLACE, all_ids=place_ids, build=place_documents)
