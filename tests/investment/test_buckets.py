"""Facets and their buckets."""

from dataclasses import replace

import pytest

from investment.catalogue import ProjectQuery
from investment.database_backend import search
from tests.factories.investment import make_project

pytestmark = pytest.mark.django_db


def counts(query: ProjectQuery, facet: str) -> dict[str, int]:
    return {found.value: found.count for found in search(query).facets[facet]}


@pytest.fixture
def three() -> None:
    make_project(code="A", sector="transport", capital_vnd_billion="500", name_vi="Cầu Đông Anh")
    make_project(code="B", sector="transport", province="Đà Nẵng", capital_vnd_billion="6000", area_ha="40")
    make_project(code="C", sector="health", capital_usd_million="3", investment_form="Đấu thầu rộng rãi")


def test_each_facet_ignores_what_is_chosen_in_itself_and_respects_the_others(three: None) -> None:
    query = ProjectQuery(sector=("transport",), province=("Hà Nội",))
    assert search(query).count == 1
    assert counts(query, "sector") == {"transport": 1, "health": 1}
    assert counts(query, "province") == {"Hà Nội": 1, "Đà Nẵng": 1}
    assert counts(query, "capital") == {"under-1000": 1}


def test_every_count_is_what_choosing_it_shows(three: None) -> None:
    query = ProjectQuery(province=("Hà Nội",))
    for name, facets in search(query).facets.items():
        for facet in facets:
            assert search(replace(query, **{name: (facet.value,)})).count == facet.count, (name, facet.value)


def test_a_chosen_value_stays_visible_with_no_project(three: None) -> None:
    facets = search(ProjectQuery(sector=("water",))).facets["sector"]
    assert ("water", 0, True) in [(facet.value, facet.count, facet.selected) for facet in facets]
