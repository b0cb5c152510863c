"""Sectors as documents, for suggestions: each leads to its list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

from django.utils.translation import override

from investment.models import Sector
from search import documents
from search.engines.base import Document, Kind

_SECTORS = tuple(Sector)


def all_ids() -> list[int]:
    """A sector has no row; its place among the sectors is its id."""
    return list(range(len(_SECTORS)))


def build(object_ids: Sequence[int]) -> Iterator[Document]:
    """One document per language of each sector."""
    for locale in documents.locales():
        with override(locale):
            for number in object_ids:
                sector = _SECTORS[number]
                yield Document(
                    kind=Kind.SECTOR,
                    object_id=number,
                    locale=locale,
                    title=str(sector.label),
                    url=f"/{locale}/projects/?{urlencode({'sector': sector.value})}",
                )


SOURCE = documents.Source(kind=Kind.SECTOR, all_ids=all_ids, build=build)
