from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection

from accounts.models import Agency
from investment.catalogue import ProjectQuery, ProjectResults, scan_projects, search_projects
from investment.models import Project, ProjectStatus
from search import sync
from search.engines.base import Engine, EngineUnavailable
from tests.search.conftest import make_project, make_project_page

pytestmark = pytest.mark.django_db
# Groups, ranked ids and documents, where the index is in the database; projects, words.
QUERIES = {"sqlite-fts5": 5, "elasticsearch": 2}


def codes(results: ProjectResults) -> list[str]:
    return [hit.project.code for hit in results.hits]


@pytest.fixture
def projects(engine: Engine, site: None) -> None:
    ward = Agency.objects.create(code="00004", name_vi="UBND phường Ba Đình", level=Agency.Level.WARD)
    facts: list[dict[str, Any]] = [
        {"code": "HN-901", "name": "Khu công nghiệp Đông Anh", "sector": "industrial_infra", "province": "Hà Nội"},
        {"code": "HN-902", "name": "KCN Quang Minh", "sector": "industrial_infra", "province": "Hà Nội", "ward": ward},
        {"code": "DN-901", "name": "Nhà máy nước Hòa Liên", "sector": "water", "province": "Đà Nẵng"},
        {"code": "HN-903", "name": "Trạm cấp nước", "sector": "water", "province": "Hà Nội", "place": "xã Đông Anh"},
    ]
    for number, fact in enumerate(facts):
        project = make_project(capital_vnd_billion=(number + 1) * 1000, area_ha=10 * number + 1, **fact)
        make_project_page(project, title=fact["name"], summary=f"Dự án số {number} < đủ >")
    sync.drain()


@pytest.mark.usefixtures("projects")
class TestList:
    def test_words_find_projects_in_order_with_their_pages(self, engine: Engine) -> None:
        results = search_projects(ProjectQuery(q="dong anh"))
        assert (results.engine, results.count, results.note) == (engine.name, 2, "")
        assert codes(results) == ["HN-901", "HN-903"]
        assert results.hits[0].url.startswith("/vi/projects/hn-901")
        assert results.hits[1].highlight.startswith("xã <mark>Đông Anh</mark> · Hà Nội · ")

    def test_facets_respect_the_other_filters(self) -> None:
        results = search_projects(ProjectQuery(sector=("water",), province=("Hà Nội",)))
        assert codes(results) == ["HN-903"]
        counts = {name: {f.value: (f.count, f.selected) for f in facets} for name, facets in results.facets.items()}
        assert counts["sector"] == {"industrial_infra": (2, False), "water": (1, True)}
        assert counts["province"] == {"Hà Nội": (1, True), "Đà Nẵng": (1, False)}
        assert counts["capital"] == {"1000-5000": (1, False)}

    def test_ranges_wards_and_orders(self) -> None:
        assert sorted(codes(search_projects(ProjectQuery(capital_min=2000, capital_max=3000)))) == ["DN-901", "HN-902"]
        assert codes(search_projects(ProjectQuery(area_max=1))) == ["HN-901"]
        assert codes(search_projects(ProjectQuery(ward=("00004",)))) == ["HN-902"]
        assert codes(search_projects(ProjectQuery(sort="capital")))[0] == "HN-903"

    def test_a_page_beyond_the_end_is_the_last(self) -> None:
        results = search_projects(ProjectQuery(page=99, page_size=3, sort="name", descending=False))
        assert (results.page, results.count, codes(results)) == (2, 4, ["HN-903"])

    @pytest.mark.parametrize(
        ("typed", "meant", "code"),
        [("quang mnih", "quang minh", "HN-902"), ("ddoong anh", "đông anh", "HN-901"), ("đông anh", "", "HN-901")],
    )
    def test_a_mistyped_word_is_corrected_and_the_answer_says_so(self, typed: str, meant: str, code: str) -> None:
        results = search_projects(ProjectQuery(q=typed))
        assert (codes(results)[0], results.corrected) == (code, meant)

    def test_a_word_that_no_project_has_is_left_out_and_the_answer_says_so(self) -> None:
        results = search_projects(ProjectQuery(q="đông anh xyzzyq"))
        assert (codes(results), results.ignored) == (["HN-901", "HN-903"], ("xyzzyq",))
        results = search_projects(ProjectQuery(q="xyzzyq"))
        assert (results.count, results.ignored) == (0, ("xyzzyq",))

    def test_where_no_project_has_all_words_most_of_them_are_enough_and_the_answer_says_so(self) -> None:
        results = search_projects(ProjectQuery(q="khu công nghiệp nước Đông Anh Quang Minh"))
        assert results.loosened
        assert results.count

    @pytest.mark.parametrize("size", [1, 3])
    def test_queries(self, engine: Engine, django_assert_num_queries: Any, size: int) -> None:
        search_projects(ProjectQuery())
        with django_assert_num_queries(QUERIES[engine.name]):
            assert len(search_projects(ProjectQuery(page_size=size)).hits) == size

    @pytest.mark.parametrize(
        "asked",
        [
            {},
            {"q": "khu công nghiệp"},
            {"q": "nuoc"},
            {"q": "Đông Anh", "sector": ("water",)},
            {"q": "HN-902"},
            {"q": "đà nẵng", "capital_min": 100},
        ],
    )
    def test_the_database_finds_what_the_engine_finds(
        self, asked: dict[str, Any], engine: Engine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Abbreviations aside, which only engines know."""
        by_engine = search_projects(ProjectQuery(**asked))
        monkeypatch.setattr(type(engine), "search", _down)
        by_database = search_projects(ProjectQuery(**asked))
        assert by_database.engine == "database"
        assert by_database.note
        assert set(codes(by_engine)) - {"HN-902"} == set(codes(by_database)) - {"HN-902"}
        assert set(by_engine.facets) == set(by_database.facets)

    @pytest.mark.skipif(connection.vendor != "sqlite", reason="the tables of SQLite")
    def test_a_broken_index_falls_back(self, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("search.engines.sqlite_schema.DOCUMENTS", "search_away")
        monkeypatch.setattr("search.engines.sqlite_fts._JOINED", "search_away")
        results = search_projects(ProjectQuery(q="đông anh"))
        assert (results.engine, results.count) == ("database", 2)
        assert not engine.health().ok

    def test_past_confirmation_ranks_lower(self) -> None:
        old = make_project("HN-904", "Khu công nghiệp Đông Anh", confirmed_on=date(2020, 1, 1))
        never = make_project("HN-905", "Khu công nghiệp Đông Anh", confirmed_on=None)
        sync.drain()
        found = codes(search_projects(ProjectQuery(q="khu công nghiệp đông anh")))
        assert found[0] == "HN-901"
        assert set(found[1:]) == {old.code, never.code}


@pytest.mark.usefixtures("projects")
class TestScan:
    @pytest.mark.parametrize(
        "asked",
        [
            {},
            {"q": "khu công nghiệp"},
            {"q": "kcn quanh mnih"},
            {"q": "Đông Anh", "sector": ("water",)},
            {"sort": "capital"},
            {"sort": "name", "descending": False, "page": 2, "page_size": 1},
            {"capital_min": 2000, "area_max": 21},
            {"q": "😀"},
            {"q": "zzzzz"},
        ],
    )
    def test_it_is_the_whole_list_in_its_order(self, asked: dict[str, Any]) -> None:
        listed = codes(search_projects(ProjectQuery(**{**asked, "page": 1, "page_size": 100})))
        assert [hit.project.code for hit in scan_projects(ProjectQuery(**asked))] == listed

    def test_it_goes_beyond_a_piece_of_the_engine_and_of_the_catalogue(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("search.engines.sqlite_fts._SCANNED", 3)
        monkeypatch.setattr("investment.catalogue._LOADED", 2)
        assert len(list(scan_projects(ProjectQuery()))) == 4

    def test_a_project_that_left_the_list_is_left_out(self) -> None:
        Project.objects.filter(code="HN-903").update(status=ProjectStatus.WITHDRAWN)
        assert {hit.project.code for hit in scan_projects(ProjectQuery())} == {"HN-901", "HN-902", "DN-901"}

    def test_an_engine_that_fails_half_way_is_replaced(self, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
        def half(*args: Any) -> Iterator[int]:
            yield Project.objects.get(code="HN-903").pk
            raise EngineUnavailable("down")

        monkeypatch.setattr(type(engine), "scan", half)
        found = [hit.project.code for hit in scan_projects(ProjectQuery())]
        assert (len(found), len(set(found))) == (4, 4)

    def test_files_are_of_the_same_projects(self, client: Any) -> None:
        answer = client.get("/api/v1/projects.geojson?q=dong anh").json()
        assert [feature["id"] for feature in answer["features"]] == ["HN-901", "HN-903"]


def _down(*args: Any, **kwargs: Any) -> None:
    raise EngineUnavailable("down")
