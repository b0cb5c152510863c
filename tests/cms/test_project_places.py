"""Where projects lie on the map."""

import pytest
from django.utils import translation

from cms.project_places import Places, Spot
from investment.models import Project
from tests.factories.issues import make_agency

pytestmark = pytest.mark.django_db


@pytest.fixture
def places(db) -> Places:
    for code, name, latitude, longitude, districts in (
        ("1", "Phúc Thịnh", 21.10, 105.80, "Huyện Đông Anh"),
        ("2", "Thiên Lộc", 21.20, 105.90, "Huyện Đông Anh"),
        ("3", "Mê Linh", 21.30, 105.60, "Huyện Mê Linh; Huyện Đông Anh"),
        ("4", "Tây Hồ", 21.06, 105.82, "Quận Tây Hồ; Quận Ba Đình"),
    ):
        make_agency(
            code, level="ward", abbr=name, latitude=latitude, longitude=longitude, legacy_districts=districts
        )  # fmt: skip
    make_agency("5", level="ward", abbr="Xa", legacy_districts="Huyện Xa")  # nobody entered where it lies
    return Places()


def project(**fields) -> Project:
    return Project(**{"province": "Hà Nội", **fields})


def test_an_own_position_wins(places: Places) -> None:
    found = places.spot(project(place="huyện Đông Anh", latitude=21.123, longitude=105.845))
    assert found == Spot(21.123, 105.845, about=False)


@pytest.mark.parametrize(
    ("fields", "latitude", "longitude"),
    [
        ({"place_today": "xã Phúc Thịnh"}, 21.10, 105.80),
        ({"place_today": "xã Phúc Thịnh, xã Thiên Lộc", "place": "quận Tây Hồ"}, 21.15, 105.85),
        ({"place": "huyện Đông Anh"}, 21.15, 105.85),
        ({"place": "xã Cũ, huyện  Đông Anh (nay là nơi khác)"}, 21.15, 105.85),
        ({"place": "Mê Linh"}, 21.30, 105.60),
        ({"place": "quận Ba Đình", "province": ""}, 21.06, 105.82),
        ({"place": "quan Tay Ho", "province": "ha noi"}, None, None),  # "quan" is no word for a district
        ({"place": "QUẬN TÂY HỒ", "province": "ha noi"}, 21.06, 105.82),
    ],
)
def test_without_one_it_is_about_there(places: Places, fields: dict, latitude: float, longitude: float) -> None:
    found = places.spot(project(**fields))
    if latitude is None:
        assert found is None
    else:
        assert found is not None
        assert found.about
        assert (found.latitude, found.longitude) == pytest.approx((latitude, longitude))


def test_the_middle_of_wards_entered_as_a_position_is_still_about_there(places: Places) -> None:
    assert places.spot(project(place_today="xã Phúc Thịnh", latitude=21.1, longitude=105.8)).about


@pytest.mark.parametrize(
    "fields",
    [
        {"place": ""},
        {"place": "Ga Hà Nội - quận Tây Hồ"},  # a line from somewhere to somewhere
        {"place": "Vành đai 4"},
        {"place": "huyện Xa"},
        {"place": "huyện Đông Anh", "province": "Phú Thọ"},  # a district of the same name elsewhere
        {"place_today": "xã Phúc Thịnh, xã Không Có"},
    ],
)
def test_nothing_is_guessed(places: Places, fields: dict) -> None:
    assert places.spot(project(**fields)) is None


def test_the_ward_of_a_project_is_used_without_a_query(places: Places, django_assert_num_queries) -> None:
    ward = make_agency("1", level="ward")
    with django_assert_num_queries(0):
        assert places.spot(project(ward=ward)) == Spot(21.10, 105.80, about=True)


def test_names_under_which_projects_are_counted(places: Places) -> None:
    ward = make_agency("1", level="ward")
    with translation.override("en"):
        assert places.name(project(place="xã Nam Hồng, huyện Đông Anh", ward=ward)) == "Đông Anh (former district)"
        assert places.name(project(ward=ward)) == "Phúc Thịnh"
        assert places.name(project(place="sông Hồng", latitude=21.0, longitude=105.8)) == "sông Hồng"
        assert places.name(project(place="Vành đai 4")) == "Hà Nội, position not known"
        assert places.name(project(place="huyện Đông Anh", province="Đà Nẵng")) == "Đà Nẵng"
