"""What the map of projects loads."""

import pytest

from cms import project_map
from tests.factories.investment import make_page, make_project
from tests.factories.issues import make_agency, make_user

WARDS, PROJECTS = "/map/wards.geojson", "/map/projects.geojson"


@pytest.fixture
def dong_anh(site):
    return make_agency(
        "00454", level="ward", abbr="Đông Anh", latitude=21.1, longitude=105.8, area_km2=20,
        legacy_districts="Huyện Đông Anh",
    )  # fmt: skip


def pins(client, query: str = "") -> dict:
    return {feature["id"]: feature for feature in client.get(f"{PROJECTS}?{query}").json()["features"]}


def test_a_browser_that_has_the_areas_gets_nothing_again(client, dong_anh) -> None:
    first = client.get(WARDS)
    assert first["Content-Type"] == "application/geo+json"
    assert "public" in first["Cache-Control"]
    assert [feature["properties"]["name"] for feature in first.json()["features"]] == ["Đông Anh"]
    again = client.get(WARDS, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    dong_anh.abbr = "Phúc Thịnh"
    dong_anh.save()
    assert client.get(WARDS, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_a_pin_says_what_and_where_in_the_language_of_the_list(client, dong_anh) -> None:
    project = make_project(
        code="HN-1", name_vi="Cầu", name_en="Bridge", place="xã Mai Lâm, huyện Đông Anh", ward=dong_anh
    )
    page = make_page(project, "en")
    assert pins(client, "locale=en") == {
        "HN-1": {
            "type": "Feature",
            "id": "HN-1",
            "geometry": {"type": "Point", "coordinates": [105.8, 21.1]},
            "properties": {
                "code": "HN-1",
                "title": "Bridge",
                "url": page.url,
                "place": "xã Mai Lâm, huyện Đông Anh, Hà Nội",
                "province": "Hà Nội",
                "near": "Đông Anh (former district)",
                "about": True,
            },
        }
    }
    assert pins(client)["HN-1"]["properties"]["title"] == "Cầu"


def test_all_pages_of_the_list_are_on_the_map(client, site, monkeypatch) -> None:
    monkeypatch.setattr(project_map, "MAX_PAGE_SIZE", 2)
    for number in range(5):
        make_project(latitude=21.0 + number / 100, longitude=105.8)
    assert len(pins(client)) == 5
    assert len(pins(client, "page=3&page_size=1")) == 5


def test_a_very_long_list_is_cut_off_and_its_number_said(client, site, monkeypatch) -> None:
    monkeypatch.setattr(project_map, "MAX_PAGE_SIZE", 2)
    monkeypatch.setattr(project_map, "MOST", 3)
    for _ in range(6):
        make_project(latitude=21.0, longitude=105.8)
    found = client.get(PROJECTS).json()
    assert (len(found["features"]), found["count"]) == (4, 6)


def test_filters_are_those_of_the_list(client, site) -> None:
    make_project(code="A", sector="health", latitude=21.0, longitude=105.8)
    make_project(code="B", latitude=21.0, longitude=105.8)
    make_project(code="C", status="draft", latitude=21.0, longitude=105.8)
    assert set(pins(client, "sector=health")) == {"A"}
    assert set(pins(client, "sector=nope&capital_min=x")) == {"A", "B"}


def test_places_count_projects_without_a_position_too(client, dong_anh) -> None:
    make_project(ward=dong_anh)
    make_project(place="Vành đai 4")
    for _ in range(2):
        make_project(province="Đà Nẵng")
    found = client.get(f"{PROJECTS}?locale=en").json()
    assert found["count"] == 4
    assert found["places"] == [
        {"name": "Đà Nẵng", "count": 2, "province": "Đà Nẵng"},
        {"name": "Đông Anh", "count": 1, "province": ""},
        {"name": "Hà Nội, position not known", "count": 1, "province": ""},
    ]


def test_it_is_limited(client, site, settings) -> None:
    settings.TN_LIMITS = {**settings.TN_LIMITS, "map.address": (1, 60), "map.person": (2, 60)}
    assert [client.get(PROJECTS).status_code for _ in range(2)] == [200, 429]
    client.force_login(make_user())
    assert [client.get(PROJECTS).status_code for _ in range(3)] == [200, 200, 429]


def test_only_reading(client, site) -> None:
    assert client.post(PROJECTS).status_code == 405
    assert client.post(WARDS).status_code == 405


@pytest.mark.parametrize("number", [1, 3])
def test_queries(client, dong_anh, django_assert_num_queries, number: int) -> None:
    for _ in range(number):
        make_page(make_project(ward=dong_anh))
    client.get(PROJECTS)
    with django_assert_num_queries(4):
        client.get(PROJECTS)
    with django_assert_num_queries(1):
        client.get(WARDS)
