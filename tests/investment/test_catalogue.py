"""The catalogue, whichever engine answers."""

import pytest

from investment import catalogue
from investment.catalogue import EngineUnavailable, ProjectQuery
from tests.factories.investment import make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def three() -> None:
    make_project(code="A", sector="transport", capital_vnd_billion="500", name_vi="Cầu Đông Anh")
    make_project(code="B", sector="transport", province="Đà Nẵng", capital_vnd_billion="6000", area_ha="40")
    make_project(code="C", sector="health", capital_usd_million="3", investment_form="Đấu thầu rộng rãi")


def test_an_engine_that_is_down_is_replaced_and_said(monkeypatch, three: None) -> None:
    def down(query: ProjectQuery) -> None:
        raise EngineUnavailable

    monkeypatch.setattr(catalogue, "_search_backend", down)
    results = catalogue.search_projects(ProjectQuery())
    assert (results.engine, results.count, bool(results.note)) == ("database", 3, True)


class TestScan:
    def test_all_of_the_list_in_its_order(self, monkeypatch, three: None) -> None:
        monkeypatch.setattr(catalogue, "_search_backend", None)
        monkeypatch.setattr(catalogue, "_LOADED", 2)
        query = ProjectQuery(sort="name", page=9, page_size=1)
        listed = catalogue.search_projects(ProjectQuery(sort="name"))
        assert list(catalogue.scan_projects(query)) == listed.hits
        assert len(listed.hits) == 3
        chosen = ProjectQuery(sector=("transport",), capital_min=1000)
        assert [hit.project.code for hit in catalogue.scan_projects(chosen)] == ["B"]

    def test_queries_do_not_grow_with_the_list(self, monkeypatch, three: None, django_assert_num_queries) -> None:
        monkeypatch.setattr(catalogue, "_search_backend", None)
        with django_assert_num_queries(4):  # provinces, ids, facts, words
            list(catalogue.scan_projects(ProjectQuery()))
