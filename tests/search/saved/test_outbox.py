"""Mails about saved searches: what is in them, when they come, to whom, and what happens when they cannot go."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from accounts.models import User
from core import clock
from investment.models import Project, ProjectStatus
from search.models import AlertMail, SavedSearch, SavedSearchItem
from search.saved import bundling, outbox
from search.saved.actions import save_search
from search.tasks import send_alerts
from tests.factories.investment import make_project
from tests.factories.issues import make_user
from tests.search.saved.conftest import sent, states

Save = Callable[..., SavedSearch]
Jobs = Callable[[], int]

TUESDAY = datetime(2026, 11, 17, 3, tzinfo=UTC)  # 10:00 in Hà Nội


def morning(day: int) -> datetime:
    """08:01 of a day of November 2026, in Hà Nội."""
    return datetime(2026, 11, day, 1, 1, tzinfo=UTC)


def test_one_mail_tells_all_that_one_change_brought(save: Save, run_jobs: Jobs, an: User) -> None:
    save("sector=transport", name="Đường")
    for number in (1, 2):
        make_project(name_vi=f"Đường {number}", place="Mê Linh", capital_vnd_billion="1200")
    run_jobs()
    [message] = sent()
    assert an.email in message.to[0]
    assert "Đường" in message.subject
    html = str(message.alternatives[0].content)
    for text in (message.body, html):
        assert "Đường 1" in text
        assert "Đường 2" in text
        assert "Mê Linh" in text
        assert "1.200" in text
        assert "http://testserver/vi/projects/" in text
        assert "sector=transport" in text


@pytest.mark.parametrize("language", ["vi", "en"])
def test_it_is_in_the_language_of_the_person(language: str, save: Save, run_jobs: Jobs, an: User) -> None:
    User.objects.filter(pk=an.pk).update(language=language)
    save()
    make_project(name_vi="Cầu", name_en="Bridge")
    run_jobs()
    [message] = sent()
    assert ("Bridge" if language == "en" else "Cầu") in message.body
    assert message.extra_headers["Content-Language"] == language
    assert f"/{language}/account/stop/" in message.extra_headers["List-Unsubscribe"]
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_many_projects_end_with_a_link_to_the_list(save: Save, run_jobs: Jobs) -> None:
    save()
    for number in range(25):
        make_project(name_vi=f"Cầu số {number}")
    run_jobs()
    [message] = sent()
    assert message.body.count("* Cầu số") == 20
    assert "5" in message.body.rpartition("* Cầu số")[2]


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


def test_what_left_the_list_again_is_not_mentioned(save: Save, run_jobs: Jobs) -> None:
    with clock.at(TUESDAY):
        save(frequency="daily")
        project = make_project()
        run_jobs()
    Project.objects.filter(pk=project.pk).update(status=ProjectStatus.WITHDRAWN)
    with clock.at(morning(18)):
        send_alerts()
    assert sent() == []
    assert states() == ["skipped"]


class TestFailures:
    def test_a_server_that_is_away_is_asked_again(
        self, save: Save, run_jobs: Jobs, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        save()
        make_project()
        with monkeypatch.context() as away:
            away.setattr("django.core.mail.EmailMultiAlternatives.send", _refuse)
            run_jobs()
        assert states() == ["waiting"]
        send_alerts()
        assert sent() == []  # not before its time
        with clock.at(clock.now() + outbox.FIRST_PAUSE):
            send_alerts()
            send_alerts()
        assert len(sent()) == 1
        assert states() == ["sent"]

    def test_after_eight_tries_it_is_given_up(
        self, save: Save, run_jobs: Jobs, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        save()
        make_project()
        monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", _refuse)
        run_jobs()
        for hours in range(1, 20):
            with clock.at(clock.now() + timedelta(hours=hours * 3)):
                send_alerts()
        mail_row = AlertMail.objects.get()
        assert (mail_row.state, mail_row.attempts) == ("failed", outbox.TRIES)
        assert "away" in mail_row.last_error

    def test_one_failure_does_not_stop_the_others(
        self, save: Save, run_jobs: Jobs, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        save("q=cau")
        save("sector=transport", actor=make_user())
        send = mail.EmailMultiAlternatives.send

        def sometimes(message: Any, *args: Any, **more: Any) -> int:
            if "“cau”" in message.subject:
                raise OSError("away")
            return send(message, *args, **more)

        monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", sometimes)
        make_project(name_vi="Cầu")
        run_jobs()
        assert sorted(states()) == ["sent", "waiting"]

    def test_two_workers_send_it_once(self, save: Save, run_jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
        save()
        compose = outbox.compose

        def and_another_worker(row: AlertMail) -> Any:
            monkeypatch.setattr(outbox, "compose", compose)
            outbox.send_due()
            return compose(row)

        monkeypatch.setattr(outbox, "compose", and_another_worker)
        make_project()
        run_jobs()
        assert len(sent()) == 1

    def test_two_workers_bundle_it_once(self, save: Save, run_jobs: Jobs) -> None:
        search = save()
        SavedSearchItem.objects.create(search=search, object_id=make_project().pk, found_at=clock.now())
        assert bundling.bundle() + bundling.bundle() == 1


def _refuse(*_args: Any, **_more: Any) -> int:
    raise OSError("the server is away")


class TestRecipients:
    def test_a_closed_account_gets_none(self, save: Save, run_jobs: Jobs, an: User) -> None:
        with clock.at(TUESDAY):
            save(frequency="daily")
            make_project()
            run_jobs()
        User.objects.filter(pk=an.pk).update(is_active=False)
        with clock.at(morning(18)):
            send_alerts()
        assert sent() == []
        assert states() == ["skipped"]

    @pytest.mark.parametrize("is_confirmed", [True, False])
    def test_an_address_that_is_not_confirmed_gets_none(
        self, is_confirmed: bool, addresses_as_they_are: None, save: Save, run_jobs: Jobs, an: User
    ) -> None:
        EmailAddress.objects.create(user=an, email="other@example.com", verified=True)
        EmailAddress.objects.create(user=an, email=an.email, verified=is_confirmed)
        save()
        make_project()
        run_jobs()
        assert len(sent()) == is_confirmed


def test_old_mails_are_deleted_and_their_projects_stay_known(save: Save, run_jobs: Jobs) -> None:
    search = save()
    project = make_project()
    run_jobs()
    with clock.at(clock.now() + outbox.KEPT + timedelta(days=1)):
        assert outbox.delete_old() == 1
        project.save()
        run_jobs()
        send_alerts()
    assert len(sent()) == 1
    assert SavedSearchItem.objects.get(search=search).mail is None


def test_the_search_knows_when_its_last_mail_went(save: Save, run_jobs: Jobs) -> None:
    search = save()
    make_project()
    run_jobs()
    search.refresh_from_db()
    assert search.last_sent_at is not None


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


def test_searches_of_one_person_are_theirs_alone(save: Save, run_jobs: Jobs) -> None:
    other = make_user()
    save("sector=transport")
    save_search(actor=other, query="sector=health", locale="vi", frequency="at_once")
    make_project()
    run_jobs()
    assert [message.to[0].count(other.email) for message in sent()] == [0]
