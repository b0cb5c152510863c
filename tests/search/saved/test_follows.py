"""What followers of a project read, and when."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.models import Agency, User
from core import clock
from investment.freshness import rules_in_force
from investment.models import Project, ProjectStep
from search.models import FollowedFacts, ProjectFollow
from search.saved.actions import follow_project, unfollow_project
from search.saved.running import Runner
from search.tasks import note_overdue
from tests.factories.investment import make_project
from tests.factories.issues import make_user
from tests.search.saved.conftest import sent
from tests.search.saved.test_matching import _away

Jobs = Callable[[], int]


@pytest.fixture
def bridge(an: User, run_jobs: Jobs) -> Project:
    """A project that Ms An follows."""
    project = make_project(name_vi="Cầu", name_en="Bridge", area_ha="10", capital_vnd_billion="1000")
    ProjectStep.objects.create(project=project, order=1, name_vi="Giải phóng mặt bằng", name_en="Clearing")
    follow_project(actor=an, code=project.code)
    run_jobs()
    return project


def test_facts_and_state_are_listed_with_what_they_were(bridge: Project, run_jobs: Jobs) -> None:
    bridge.area_ha, bridge.capital_vnd_billion = 12.5, None
    bridge.select_investor()
    bridge.save()
    run_jobs()
    [message] = sent()
    assert bridge.code in message.subject
    for text in (message.body, str(message.alternatives[0].content)):
        for said in ("10 ha → 12,5 ha", "1.000 tỷ đồng → chưa công bố", " → "):
            assert said in text
    assert message.body.count("\n* ") == 3


@pytest.mark.parametrize("language", ["vi", "en"])
def test_it_is_in_the_language_of_the_person(language: str, bridge: Project, run_jobs: Jobs, an: User) -> None:
    User.objects.filter(pk=an.pk).update(language=language)
    step = bridge.steps.get()
    step.state, step.done_percent = "running", 40
    step.save()
    bridge.save()
    run_jobs()
    [message] = sent()
    assert ("Clearing" if language == "en" else "Giải phóng mặt bằng") in message.body
    assert "40 %" in message.body
    assert f"/{language}/account/stop/" in message.extra_headers["List-Unsubscribe"]


def test_a_confirmation_is_news(bridge: Project, run_jobs: Jobs) -> None:
    bridge.confirmed_on = timezone.localdate(clock.now())
    bridge.save()
    run_jobs()
    assert len(sent()) == 1


def test_time_that_ran_out_is_news_once(bridge: Project, run_jobs: Jobs) -> None:
    late = clock.now() + timedelta(days=rules_in_force().every_days)
    for hours in (0, 1, 2):
        with clock.at(late + timedelta(hours=hours)):
            note_overdue()
            run_jobs()
    assert len(sent()) == 1


def test_saving_without_a_change_is_no_news(bridge: Project, run_jobs: Jobs) -> None:
    bridge.note = "for ourselves"
    bridge.save()
    run_jobs()
    assert sent() == []


def test_steps_that_come_and_go_are_listed(bridge: Project, run_jobs: Jobs) -> None:
    bridge.steps.all().delete()
    ProjectStep.objects.create(project=bridge, order=2, name_vi="Đấu thầu", state="done", finished_on=date(2026, 11, 2))
    Project.objects.get(pk=bridge.pk).save()
    run_jobs()
    [message] = sent()
    assert "Giải phóng mặt bằng" in message.body
    assert "Đấu thầu" in message.body
    assert "02/11/2026" in message.body


def test_several_changes_before_the_next_look_are_one_mail(bridge: Project, run_jobs: Jobs) -> None:
    for place in ("Mê Linh", "Đông Anh"):
        bridge.place = place
        bridge.save()
    run_jobs()
    [message] = sent()
    assert "Mê Linh" not in message.body


def test_a_renamed_contact_agency_is_a_change(bridge: Project, run_jobs: Jobs) -> None:
    agency = Agency.objects.create(code="X-1", name_vi="Sở A", level="department")
    bridge.contact_agency = agency
    bridge.save()
    run_jobs()
    agency.name_vi = "Sở B"
    agency.save()
    run_jobs()
    assert ["Sở A → Sở B" in message.body for message in sent()] == [False, True]


def test_followers_do_not_wait_for_the_search_engine(
    bridge: Project, run_jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Runner, "ids", _away)
    bridge.place = "Mê Linh"
    bridge.save()
    run_jobs()
    assert len(sent()) == 1


def test_every_follower_gets_one_and_nobody_else(bridge: Project, run_jobs: Jobs, an: User) -> None:
    other, gone, stopped = make_user(), make_user(), make_user()
    for user in (other, gone, stopped):
        follow_project(actor=user, code=bridge.code)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    unfollow_project(actor=stopped, code=bridge.code)
    bridge.place = "Mê Linh"
    bridge.save()
    run_jobs()
    assert sorted(message.to[0].split("<")[-1].strip(">") for message in sent()) == sorted([an.email, other.email])


def test_following_twice_is_following_once(bridge: Project, an: User) -> None:
    assert follow_project(actor=an, code=bridge.code) == (bridge, False)
    assert ProjectFollow.objects.count() == 1


def test_when_the_last_follower_leaves_nothing_is_kept(bridge: Project, an: User) -> None:
    unfollow_project(actor=an, code=bridge.code)
    unfollow_project(actor=an, code=bridge.code)
    assert not FollowedFacts.objects.exists()
