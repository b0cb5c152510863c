import pytest

from investment.catalogue import ProjectQuery
from investment.loosening import MOST_TRIED, loosened_counts
from tests.factories.investment import make_project

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _database_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("investment.catalogue._search_backend", None)


def found(query: ProjectQuery) -> list[tuple[str, str, int]]:
    return [(each.name, each.without, each.count) for each in loosened_counts(query)]


def test_each_filter_and_each_word_is_left_out_in_turn_the_most_first() -> None:
    make_project(name_vi="Cầu mới", sector="transport", area_ha="5")
    make_project(name_vi="Cầu cũ", sector="transport", area_ha="5")
    make_project(name_vi="Trường mới", sector="health", area_ha="500")
    query = ProjectQuery(q="cau moi", sector=("health",), area_max=50)
    assert found(query) == [("sector", "", 1), ("filters", "", 1)]
    assert found(ProjectQuery(q="cau", sector=("health",))) == [("sector", "", 2), ("q", "cau", 1)]
    assert found(ProjectQuery(q="cau", area_min=100, area_unknown=True)) == [("area_range", "", 2), ("q", "cau", 1)]
    assert found(ProjectQuery(q="cau xyz")) == [("q", "xyz", 2)]


def test_one_word_alone_is_never_left_out() -> None:
    make_project()
    assert found(ProjectQuery(q="xyz")) == []


def test_the_number_of_searches_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr("investment.loosening.search_projects", lambda query: asked.append(query) or _Nothing())
    assert found(ProjectQuery(q="a b c d e f g h i j", sector=("health",), form=("ppp",), status=("completed",))) == []
    assert len(asked) == MOST_TRIED


class _Nothing:
    count = 0


def test_a_name_of_several_words_is_left_out_as_a_whole() -> None:
    make_project(name_vi="Sân golf ven sông")
    query = ProjectQuery(q="sân golf Cà Mau")
    offers = loosened_counts(query, ["sân golf", "Cà Mau"])
    assert [(each.without, each.query.q, each.count) for each in offers] == [("Cà Mau", "sân golf", 1)]
    assert found(query) == []
