"""Places lead to their projects, by the names of today and of before."""

from collections.abc import Sequence

import pytest

from accounts.models import Agency
from search import sync
from search.engines.base import Engine, Hit, Kind, SearchQuery
from search.finding import complete
from search.sources.places import place_documents, place_ids
from tests.factories.issues import make_agency
from tests.search.conftest import make_project

pytestmark = pytest.mark.django_db


def suggested(engine: Engine, text: str, locale: str = "vi") -> Sequence[Hit]:
    sync.drain()
    return complete(engine, text, SearchQuery(locale=locale, kinds=(Kind.PLACE,)))


def test_a_province_is_suggested_while_it_has_projects(engine: Engine) -> None:
    project = make_project("DN-1", "Bến cảng", province="Đà Nẵng")
    assert [(hit.title, hit.url) for hit in suggested(engine, "da nang", "en")] == [
        ("Đà Nẵng", "/en/projects/?province=%C4%90%C3%A0+N%E1%BA%B5ng")
    ]
    project.province = "Huế"
    project.save()
    assert suggested(engine, "da nang") == []
    assert [hit.title for hit in suggested(engine, "hue")] == ["Huế"]
    project.delete()
    assert suggested(engine, "hue") == []


@pytest.mark.parametrize(
    ("province", "typed"), [("Đà Nẵng", "quảng nam"), ("Quảng Nam", "đà nẵng"), ("Phú Thọ", "hoa binh")]
)
def test_provinces_are_found_by_their_names_before_and_after_2025(engine: Engine, province: str, typed: str) -> None:
    make_project("P-1", "Bến cảng", province=province)
    assert [hit.title for hit in suggested(engine, typed)] == [province]


def test_a_ward_is_found_by_the_districts_before(engine: Engine) -> None:
    ward = make_agency(
        "00004",
        name_vi="UBND phường Ba Đình",
        name_en="Ba Đình Ward People's Committee",
        level=Agency.Level.WARD,
        legacy_districts="Quận Ba Đình; Quận Hoàn Kiếm",
    )
    assert place_ids() == []
    make_project("HN-1", "Chợ", ward=ward)
    assert [(hit.title, hit.url) for hit in suggested(engine, "hoan kiem")] == [
        ("phường Ba Đình", "/vi/projects/?ward=00004")
    ]
    assert [hit.title for hit in suggested(engine, "hoan kiem", "en")] == ["Ba Đình Ward"]
    ward.legacy_districts = "Quận Đống Đa"
    ward.save()
    assert suggested(engine, "hoan kiem") == []


def test_ids_are_the_same_every_time(db: None) -> None:
    make_project("DN-1", "Bến cảng", province="Đà Nẵng")
    first = place_ids()
    make_project("A-1", "Chợ", province="An Giang")
    assert set(first) < set(place_ids())
    assert [one.title for one in place_documents(first) if one.locale == "vi"] == ["Đà Nẵng"]
