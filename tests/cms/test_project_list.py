from dataclasses import replace
from urllib.parse import urlencode

import pytest
from django.utils import translation

from cms.project_facts import YEAR_UNKNOWN
from investment import database_backend
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
    assert f'<a href="{en.url}" data-position="1">Duong bridge</a>' in html(client)


def test_blank_facts_are_said_to_be_blank_in_one_line(site, client) -> None:
    make_project(source_year=None, record_type="planned_awaiting_investor")
    text = html(client)
    assert "Not given by the source: area, capital, form of investment, contact agency" in text
    with translation.override("en"):
        assert str(YEAR_UNKNOWN) in text


def test_filters_chips_and_counts(site, client) -> None:
    make_project(sector="transport")
    make_project(sector="health")
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


class TestNothingFound:
    def test_words_are_repeated_and_ways_on_are_shown(self, site, client) -> None:
        make_project()
        text = html(client, f"{URL}?q=zz<b")
        assert "Nothing found for “zz&lt;b”" in text
        assert "/en/search/?q=zz%3Cb" in text
        assert "/en/tickets/new/" in text

    def test_one_thing_less_is_offered_with_its_count(self, site, client) -> None:
        make_project(sector="health")
        make_project(sector="transport", area_ha="10")
        text = html(client, f"{URL}?sector=health&area_min=500")
        assert "No project matches these filters" in text
        assert "Without the filter “Area”: 1 project<" in text
        assert f'href="{URL}?sector=health"' in text

    def test_another_tab_that_has_some_is_named(self, site, client) -> None:
        make_project(province="Huế")
        text = html(client, f"{URL}?tab=city")
        assert "There is nothing under this tab" in text
        assert f'href="{URL}?tab=elsewhere">Elsewhere: 1 project<' in text.replace("\n", "")


class TestTabs:
    @pytest.fixture(autouse=True)
    def _some(self, site) -> None:
        make_project(name_en="Own bridge", area_ha="5")
        make_project(name_en="Own school")
        make_project(name_en="Hue bridge", province="Huế", area_ha="900")
        make_project(name_en="Hue harbour", province="Huế")

    @pytest.mark.parametrize(
        ("asked", "shown"),
        [
            ("", {"Own bridge", "Own school"}),
            ("?tab=elsewhere", {"Hue bridge", "Hue harbour"}),
            ("?tab=all", {"Own bridge", "Own school", "Hue bridge", "Hue harbour"}),
            ("?tab=nonsense", {"Own bridge", "Own school"}),
            ("?q=bridge", {"Own bridge"}),
            ("?q=harbour", {"Hue harbour"}),
            ("?q=harbour&tab=city", set()),
            ("?q=harbour&tab=city&q_before=", {"Hue harbour"}),  # other words than those for which the tab was opened
            ("?q=harbour&tab=elsewhere&q_before=harbour", {"Hue harbour"}),
            ("?province=Huế", {"Hue bridge", "Hue harbour"}),
            ("?area_min=100", {"Hue bridge"}),
        ],
    )
    def test_which_tab_opens(self, client, asked: str, shown: set[str]) -> None:
        text = html(client, f"{URL}{asked}")
        names = ("Own bridge", "Own school", "Hue bridge", "Hue harbour")
        plain = text.replace("<mark>", "").replace("</mark>", "")
        assert {name for name in names if f">{name}</a>" in plain} == shown

    def test_counts_of_every_tab_respect_the_filters(self, client) -> None:
        response = client.get(f"{URL}?q=bridge")
        assert [(tab["count"], tab["is_current"]) for tab in response.context["tabs"]] == [
            (1, True),
            (1, False),
            (2, False),
        ]

    def test_the_tab_stays_in_links_and_the_file_has_the_same_projects(self, client) -> None:
        text = html(client, f"{URL}?tab=elsewhere&sector=transport")
        assert f'href="{URL}?tab=elsewhere"' in text  # the chip
        assert "/api/v1/projects.csv?sector=transport&amp;tab=elsewhere" in text
        rows = client.get("/api/v1/projects.csv?tab=elsewhere&locale=en").content.decode()
        assert "Hue bridge" in rows
        assert "Own bridge" not in rows

    def test_own_projects_with_numbers_come_first(self, client) -> None:
        text = html(client)
        assert text.index("Own bridge") < text.index("Own school")


class TestRanges:
    def test_unknown_numbers_are_kept_only_where_that_is_asked(self, site, client) -> None:
        make_project(name_en="Large", area_ha="900")
        make_project(name_en="Small", area_ha="1")
        make_project(name_en="Unknown")
        assert "<b>1 project</b>" in html(client, f"{URL}?area_min=100")
        text = html(client, f"{URL}?area_min=100&area_unknown=1")
        assert "<b>2 projects</b>" in text
        assert "Area from 100 ha or not published" in text
        assert f'class="chip" href="{URL}"' in text  # one chip takes the whole range away

    def test_the_number_beside_the_box_says_what_ticking_it_adds(self, site, client) -> None:
        make_project(area_ha="900")
        for _ in range(3):
            make_project()
        context = client.get(f"{URL}?area_min=100").context
        area = next(each for each in context["ranges"] if each.name == "area")
        assert (area.unknown_count, area.lets_unknown_pass) == (3, False)
        assert [bar.inside for bar in area.bars] == [False, False, True]

    @pytest.mark.parametrize(
        ("language", "typed", "count"), [("vi", "1.400", 1), ("en", "1,400", 1), ("vi", "1400,5", 1), ("en", "1.4", 2)]
    )
    def test_numbers_are_typed_as_the_language_writes_them(
        self, site, client, language: str, typed: str, count: int
    ) -> None:
        make_project(capital_vnd_billion="1500")
        make_project(capital_vnd_billion="2")
        context = client.get(f"/{language}/projects/", {"capital_min": typed}).context
        assert context["results"].count == count

    @pytest.mark.parametrize(("low", "high"), [("abc", ""), ("-5", ""), ("9", "8"), ("", "<b>")])
    def test_wrong_input_stays_with_a_sentence(self, site, client, low: str, high: str) -> None:
        make_project()
        response = client.get(URL, {"area_min": low, "area_max": high})
        area = next(each for each in response.context["ranges"] if each.name == "area")
        assert [end.text for end in area.ends] == [low, high]
        assert area.errors
        assert response.context["results"].count == 1
        assert "<b>" not in "".join(line for line in response.content.decode().split("\n") if 'name="area_max"' in line)
        assert "aria-invalid" in response.content.decode()


class TestOtherLanguage:
    def test_query_filters_and_tab_are_kept_without_the_page(self, site, client) -> None:
        for _ in range(21):
            make_project(province="Huế")
        asked = {"q": "", "tab": "elsewhere", "sector": "transport", "area_unknown": "1", "page": "2"}
        text = html(client, f"/vi/projects/?{urlencode(asked)}")
        assert 'href="/en/projects/?sector=transport&amp;tab=elsewhere"' in text
        assert 'hreflang="en" href="http://testserver/en/projects/?sector=transport&amp;tab=elsewhere"' in text

    def test_numbers_and_what_is_wrong_about_them_are_carried_over(self, site, client) -> None:
        make_project(area_ha="1500.125")
        text = html(client, "/vi/projects/?area_min=1.400,125&capital_min=abc")
        assert 'href="/en/projects/?area_min=1400.1250&amp;capital_min=abc"' in text

    def test_the_link_follows_what_htmx_changes(self, site, client) -> None:
        make_project()
        part = html(client, "/vi/projects/?q=&sector=transport&area_min=", **{"HX-Request": "true"})
        assert 'id="language-en" href="/en/projects/?sector=transport"' in part
        assert 'hx-swap-oob="true"' in part


def test_the_address_after_a_change_holds_only_what_was_chosen(site, client) -> None:
    make_project()
    asked = f"{URL}?q=&sector=transport&area_min=&sort=relevance&tab=city&q_before="
    response = client.get(asked, headers={"HX-Request": "true"})
    assert response["HX-Push-Url"] == f"{URL}?sector=transport&tab=city"


@pytest.mark.parametrize(("sort", "said"), [("capital", True), ("area", False), ("", False)])
def test_the_rate_is_said_where_dollars_are_sorted(site, client, settings, sort: str, said: bool) -> None:
    settings.USD_RATE = 26_500
    make_project(capital_usd_million="10")
    assert ("VND 26,500 a dollar" in html(client, f"{URL}?sort={sort}")) is said


def test_a_position_counts_from_the_start_of_the_list(site, client) -> None:
    for _ in range(21):
        make_project()
    assert 'data-position="21"' in html(client, f"{URL}?page=2")


def test_long_facets_are_folded_with_a_field_to_search_within(site, client) -> None:
    for number in range(13):
        make_project(province=f"Tỉnh {number}")
    text = html(client, f"{URL}?tab=elsewhere")
    assert "5 more" in text
    assert "data-within" in text
    assert "data-within" not in html(client, f"{URL}?tab=city")


class TestNotices:
    @pytest.fixture(autouse=True)
    def _project(self, site) -> None:
        make_project()

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"corrected": "bridge"}, "Nothing for “brigde”; showing 1 for “bridge”."),
            ({"ignored": ("xyzzy",)}, "No project has the word “xyzzy”; searched without it."),
            ({"ignored": ("a", "<b>")}, "No project has the words “a”, “&lt;b&gt;”; searched without them."),
            ({"loosened": True}, "No project has all these words; showing those that have most of them."),
        ],
    )
    def test_what_was_done_differently_is_said(self, client, monkeypatch, changes: dict, sentence: str) -> None:
        monkeypatch.setattr(
            "investment.catalogue._search_backend",
            lambda query: replace(database_backend.search(replace(query, q="")), **changes),
        )
        assert sentence in html(client, f"{URL}?q=brigde")


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
    assert 'data-points="/map/projects.geojson?sector=health&amp;tab=city&amp;locale=en"' in text
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
