"""When the mails of saved searches come, and what goes into one."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from accounts.models import User
from core import clock
from search.models import SavedSearch, SavedSearchItem
from search.saved import bundling
from search.tasks import send_alerts
from tests.factories.investment import make_project
from tests.search.saved.conftest import TUESDAY, morning, sent

Save = Callable[..., SavedSearch]
Jobs = Callable[[], int]


def test_daily_mails_come_at_eight_and_put_searches_together(save: Save, run_jobs: Jobs, an: User) -> None:
    with clock.at(TUESDAY):
        for query in ("sector=transport", "province=H%C3%A0+N%E1%BB%99i"):
            save(query, frequency="daily")
        make_project(name_vi="Cầu")
        run_jobs()
        assert sent() == []
    with clock.at(morning(18) - timedelta(minutes=2)):
        send_alerts()
        assert sent() == []
    for _again in range(2):
        with clock.at(morning(18)):
            send_alerts()
    [message] = sent()
    assert message.body.count("* Cầu") == 1  # the other search says that it is listed above
    assert message.body.count("\n* ") == 2
    assert message.body.count("/account/stop/") == 3  # of both together, and of each


def test_weekly_mails_come_on_monday(save: Save, run_jobs: Jobs) -> None:
    with clock.at(TUESDAY):
        save(frequency="weekly")
        make_project()
        run_jobs()
    for day in (18, 20, 22):
        with clock.at(morning(day)):
            send_alerts()
    assert sent() == []
    with clock.at(morning(23)):
        send_alerts()
    assert len(sent()) == 1


def test_a_worker_that_was_away_at_eight_sends_when_it_is_back(save: Save, run_jobs: Jobs) -> None:
    with clock.at(TUESDAY):
        save(frequency="daily")
        make_project()
        run_jobs()
    with clock.at(morning(18) + timedelta(hours=5)):
        send_alerts()
    assert len(sent()) == 1


@pytest.mark.parametrize(
    ("now", "daily", "weekly"),
    [
        ("2026-11-17T10:00", "2026-11-17T08:00", "2026-11-16T08:00"),
        ("2026-11-17T07:59", "2026-11-16T08:00", "2026-11-16T08:00"),
        ("2026-11-16T08:00", "2026-11-16T08:00", "2026-11-16T08:00"),
        ("2026-11-16T07:59", "2026-11-15T08:00", "2026-11-09T08:00"),
    ],
)
def test_what_is_due(now: str, daily: str, weekly: str) -> None:
    due = bundling.due_until(datetime.fromisoformat(f"{now}+07:00"))
    assert due["daily"] == datetime.fromisoformat(f"{daily}+07:00")
    assert due["weekly"] == datetime.fromisoformat(f"{weekly}+07:00")


def test_two_workers_bundle_it_once(save: Save, run_jobs: Jobs) -> None:
    search = save()
    SavedSearchItem.objects.create(search=search, object_id=make_project().pk, found_at=clock.now())
    assert bundling.bundle() + bundling.bundle() == 1
