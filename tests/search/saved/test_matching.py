"""Which changes saved searches find: what is new to them, once, whatever happens in between."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from core import clock
from investment.catalogue import EngineUnavailable
from investment.models import Project, ProjectStatus
from search.models import ChangedProject, MatchRound, PendingChange, SavedSearch
from search.saved import matching
from search.saved.running import Runner
from search.tasks import drain
from tests.factories.investment import make_project
from tests.factories.issues import make_user
from tests.search.saved.conftest import found, sent

Save = Callable[..., SavedSearch]
Jobs = Callable[[], int]


def test_a_new_project_is_found_by_words_and_filters(save: Save, run_jobs: Jobs) -> None:
    words, filters = save("q=c%E1%BA%A3ng+bi%E1%BB%83n"), save("sector=logistics_port&capital_min=100")
    both, neither = save("q=cang+bien&province=H%E1%BA%A3i+Ph%C3%B2ng"), save("q=b%E1%BB%87nh+vi%E1%BB%87n")
    port = make_project(name_vi="Cảng biển", sector="logistics_port", province="Hải Phòng", capital_vnd_billion="200")
    run_jobs()
    assert [found(one) for one in (words, filters, both, neither)] == [[port.pk], [port.pk], [port.pk], []]


def test_tabs_and_ranges_count_as_on_the_list(save: Save, run_jobs: Jobs) -> None:
    here, elsewhere = save("tab=city"), save("tab=elsewhere")
    large, unknown_too = save("area_min=27.125"), save("area_min=27.125&area_unknown=1")
    own, other = make_project(area_ha="30"), make_project(province="Đà Nẵng")
    run_jobs()
    assert [found(one) for one in (here, elsewhere)] == [[own.pk], [other.pk]]
    assert [found(one) for one in (large, unknown_too)] == [[own.pk], [own.pk, other.pk]]


def test_what_was_there_when_it_was_saved_is_no_news(save: Save, run_jobs: Jobs) -> None:
    port = make_project(name_vi="Cảng biển")
    search = save("q=cang+bien")
    port.place = "Đình Vũ"
    port.save()
    run_jobs()
    assert found(search) == []


def test_a_project_that_matches_after_a_change_is_found_once(save: Save, run_jobs: Jobs) -> None:
    port = make_project(name_vi="Bến tàu")
    search = save("q=cang+bien")
    for name in ("Cảng biển", "Bến tàu", "Cảng biển mới", "Cảng biển"):
        port.name_vi = name
        port.save()
        run_jobs()
    assert found(search) == [port.pk]
    assert len(sent()) == 1


def test_a_draft_is_found_when_it_is_published(save: Save, run_jobs: Jobs) -> None:
    search = save()
    project = make_project(status=ProjectStatus.DRAFT)
    run_jobs()
    assert found(search) == []
    project.publish()
    project.save()
    run_jobs()
    assert found(search) == [project.pk]


def test_words_that_nothing_has_alert_about_nothing_near(save: Save, run_jobs: Jobs) -> None:
    make_project(name_vi="Cảng biển Đình Vũ")
    search = save("q=cang+bien+dinh+vu+mo+rong")
    make_project(name_vi="Cảng biển Lạch Huyện")
    run_jobs()
    assert found(search) == []


@pytest.mark.parametrize("frequency", ["never"])
def test_without_mails_nothing_is_looked_for(frequency: str, save: Save, run_jobs: Jobs) -> None:
    search = save(frequency=frequency)
    make_project()
    run_jobs()
    assert found(search) == []


def test_of_a_closed_account_nothing_is_looked_for(save: Save, run_jobs: Jobs, an: User) -> None:
    search = save()
    User.objects.filter(pk=an.pk).update(is_active=False)
    make_project()
    run_jobs()
    assert found(search) == []


def test_nothing_is_lost_while_the_engine_is_away(save: Save, run_jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    search = save()
    with monkeypatch.context() as away:
        away.setattr(Runner, "ids", _away)
        first, second = make_project(), make_project()
        run_jobs()
        assert found(search) == []
        assert ChangedProject.objects.count() == 2
    assert matching.match_changes() == 1
    assert found(search) == [first.pk, second.pk]
    assert not ChangedProject.objects.exists()
    assert not MatchRound.objects.exists()


def _away(*_args: Any, **_more: Any) -> set[int]:
    raise EngineUnavailable("away")


def test_nothing_is_lost_while_the_index_is_to_be_built(
    save: Save, run_jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("without an engine there is no index")
    search = save()
    with monkeypatch.context() as unbuilt:
        unbuilt.setattr("search.rebuilding.needed", lambda engine: True)
        project = make_project()
        run_jobs()
        assert found(search) == []
        assert save("q=zzz").known == []  # asked of the database
        assert save("sector=transport").known == [project.pk]
    assert matching.match_changes() == 1
    assert found(search) == [project.pk]


def test_a_round_goes_on_where_its_worker_died(save: Save, run_jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "BATCH", 1)
    searches = [save("q=a1"), save("q=b1"), save()]
    ask, asked = Runner.ids, []

    def dies_on_the_second(runner: Runner, query: Any, **more: Any) -> set[int]:
        asked.append(query.q)
        if query.q == "b1" and asked.count("b1") == 1:
            raise KeyboardInterrupt
        return ask(runner, query, **more)

    monkeypatch.setattr(Runner, "ids", dies_on_the_second)
    project = make_project()
    with pytest.raises(KeyboardInterrupt):
        run_jobs()
    assert matching.match_changes() == 0  # another worker holds the round, as far as anybody knows
    with clock.at(clock.now() + matching.HELD + timedelta(seconds=1)):
        assert matching.match_changes() == 1
    assert asked == ["a1", "b1", "b1", ""]
    assert [found(one) for one in searches] == [[], [], [project.pk]]


def test_two_workers_at_the_same_time_find_it_once(save: Save, run_jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    search = save()
    keep = matching._keep

    def twice(hits: dict[int, set[int]]) -> None:
        keep(hits)
        keep(hits)  # what a second worker found, a moment later

    monkeypatch.setattr(matching, "_keep", twice)
    project = make_project()
    run_jobs()
    assert found(search) == [project.pk]
    assert len(sent()) == 1


def test_what_is_not_in_the_index_yet_waits(save: Save, run_jobs: Jobs) -> None:
    search = save()
    project = make_project()
    PendingChange.objects.get_or_create(kind="project", object_id=project.pk, defaults={"changed_at": clock.now()})
    ChangedProject.objects.update(is_followed_up=True)
    assert matching.match_changes() == 0
    drain()
    run_jobs()
    assert found(search) == [project.pk]


def test_one_search_that_cannot_be_asked_holds_up_none(
    save: Save, run_jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    save("q=bad")
    search = save()
    ask = Runner.ids

    def sometimes(runner: Runner, query: Any, **more: Any) -> set[int]:
        if query.q == "bad":
            raise ValueError
        return ask(runner, query, **more)

    monkeypatch.setattr(Runner, "ids", sometimes)
    project = make_project()
    run_jobs()
    assert found(search) == [project.pk]


def test_an_import_asks_each_search_once_and_equal_ones_together(
    save: Save, run_jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    searches = [save("q=du+an", actor=make_user()) for _ in range(3)] + [save("sector=transport")]
    asked: list[Sequence[int]] = []
    ask = Runner.ids

    def counted(runner: Runner, query: Any, *, among: tuple[int, ...]) -> set[int]:
        asked.append(among)
        return ask(runner, query, among=among)

    monkeypatch.setattr(Runner, "ids", counted)
    projects = [make_project() for _ in range(30)]
    run_jobs()
    assert [len(among) for among in asked] == [30, 30]
    assert all(found(one) == [project.pk for project in projects] for one in searches)


def test_without_changes_nothing_is_locked(db: Any) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert matching.match_changes() == 0
    assert len(queries) == 1


def test_a_project_that_is_gone_is_no_error(save: Save, run_jobs: Jobs) -> None:
    make_project()
    search = save()
    project = make_project()
    Project.objects.filter(pk=project.pk).delete()
    run_jobs()
    assert found(search) == []
    assert not ChangedProject.objects.exists()
