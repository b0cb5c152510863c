import pytest
from django.utils import translation

from cms.project_facts import YEAR_UNKNOWN
from investment.catalogue import EngineUnavailable
from investment.database_backend import ENGINE_DOWN
from investment.models import ProjectStatus
from tests.factories.investment import make_page, make_project

URL = "/en/projects/"


def html(client, url: str = URL, **headers: str) -> str:
    response = client.get(url, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def test_a_project_leads_to_its_page_in_each_language(site, client) -> None:
    project = make_project(name_vi="Cầu Đuống", name_en="Duong bridge")
    vi, en = make_page(project), make_page(project, "en")
    assert vi.url in html(client, "/vi/projects/")
    assert f'<a href="{en.url}">Duong bridge</a>' in html(client)


def test_blank_facts_are_said_to_be_blank(site, client) -> None:
    make_project(source_year=None, record_type="planned_awaiting_investor")
    text = html(client)
    assert text.count("not published") >= 3
    with translation.override("en"):
        assert str(YEAR_UNKNOWN) in text


def test_filters_chips_and_counts(site, client) -> None:
    make_project(sector="transport")
    make_project(sector="health", province="Đà Nẵng")
    text = html(client, f"{URL}?sector=transport&q=Project")
    assert "<b>1 project</b>" in text
    assert 'value="transport" id="f-sector-transport" checked' in text
    assert f'href="{URL}?q=Project"' in text  # the chip that takes the sector away
    assert f'href="{URL}?sector=transport"' in text


def test_wrong_values_are_left_out_and_said(site, client) -> None:
    make_project()
    text = html(client, f"{URL}?sector=nope&capital_min=abc&page=x")
    assert "Some filters could not be applied" in text
    assert "<b>1 project</b>" in text


def test_a_page_past_the_end_shows_the_last(site, client) -> None:
    for _ in range(21):
        make_project()
    text = html(client, f"{URL}?page=99")
    assert "showing 21–21" in text
    assert 'rel="prev"' in text
    assert 'rel="next"' not in text


def test_nothing_found_says_what_to_do(site, client) -> None:
    make_project()
    assert "No project matches these filters" in html(client, f"{URL}?q=zzzz")


@pytest.mark.parametrize("status", [ProjectStatus.DRAFT, ProjectStatus.WITHDRAWN, ProjectStatus.STALE])
def test_what_left_the_list_is_not_on_it(site, client, status: ProjectStatus) -> None:
    make_page(make_project(name_en="Hidden", status=status), "en")
    assert "Hidden" not in html(client)
    assert "Hidden" not in html(client, f"{URL}?status={status}")


def test_htmx_gets_the_changing_part_only(site, client) -> None:
    make_project(name_en="Duong bridge")
    part = html(client, **{"HX-Request": "true"})
    assert "Duong bridge" in part
    assert "<html" not in part
    assert "<html" in html(client, **{"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert "HX-Request" in client.get(URL)["Vary"]


def test_an_engine_that_is_down_is_said(site, client, monkeypatch) -> None:
    def down(query):
        raise EngineUnavailable

    monkeypatch.setattr("investment.catalogue._search_backend", down)
    make_project()
    with translation.override("en"):
        assert str(ENGINE_DOWN) in html(client)


@pytest.mark.parametrize(
    "q", ["<script>alert(1)</script>", '"', "%00", "😀", "a" * 5000, "%ED%A0%80", "' OR 1=1", "*", "NEAR("]
)
def test_hostile_words(site, client, q: str) -> None:
    response = client.get(f"{URL}?q={q}")
    assert response.status_code in (200, 400)
    assert b"<script>alert" not in response.content


def test_the_map_gets_the_filters_of_the_list(site, client, settings) -> None:
    project = make_project(sector="health", latitude=21.0, longitude=105.8)
    text = html(client, f"{URL}?sector=health&page=1")
    assert f'data-project="{project.code}" data-number="1"' in text
    assert 'data-points="/map/projects.geojson?sector=health&amp;locale=en"' in text
    assert 'data-tiles=""' in text
    settings.TN_MAP_TILES_URL = "https://tiles.example.vn/{z}/{x}/{y}.png"
    settings.TN_MAP_TILES_ATTRIBUTION = '<a href="https://example.vn">A</a>'
    text = html(client)
    assert 'data-tiles="https://tiles.example.vn/{z}/{x}/{y}.png"' in text
    assert 'data-attribution="&lt;a href=' in text
    assert "data-map" not in html(client, f"{URL}?q=zzzz")


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_the_list(site, client, django_assert_num_queries, number: int) -> None:
    for _ in range(number):
        make_page(make_project(), "en")
    client.get(URL)  # content types, site paths and navigation are kept
    with django_assert_num_queries(12):
        client.get(URL)
