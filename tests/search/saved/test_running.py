"""A saved search finds what has all its words as they are typed, and nothing near."""

from collections.abc import Callable

import pytest

from investment.catalogue import EngineUnavailable
from investment.project_query import ProjectQuery
from search.saved.running import Runner, counts_now, found_now
from tests.factories.investment import make_project


def test_of_words_that_nothing_has_nothing_is_found(run_jobs: Callable[[], int]) -> None:
    port = make_project(name_vi="Cảng biển Đình Vũ")
    run_jobs()
    queries = [ProjectQuery(q=text) for text in ("cang bien", "cang biem dinh vu", "cang bien xyzzy")]
    assert [Runner().ids(query) for query in queries] == [{port.pk}, set(), set()]
    assert counts_now(queries) == [1, 0, 0]


def test_among_a_few(run_jobs: Callable[[], int]) -> None:
    first, second = make_project(), make_project()
    run_jobs()
    assert Runner().ids(ProjectQuery(), among=(second.pk, 0)) == {second.pk}
    assert Runner().ids(ProjectQuery()) == {first.pk, second.pk}


def test_while_the_engine_is_away_the_database_counts(
    run_jobs: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    port = make_project(name_vi="Cảng biển")
    run_jobs()

    def away(*_args: object, **_more: object) -> None:
        raise EngineUnavailable("away")

    monkeypatch.setattr(Runner, "ids", away)
    monkeypatch.setattr(Runner, "count", away)
    assert found_now(ProjectQuery(q="cang")) == {port.pk}
    assert counts_now([ProjectQuery(q="cang")]) == [1]
