"""Mails about saved searches: what is in them, when they come, to whom, and what happens when they cannot go."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from accounts.models import User
from core import clock
from investment.models import Project, ProjectStatus
from search.models import AlertMail, SavedSearch, SavedSearchItem
from search.saved import outbox
from search.saved.actions import save_search
from search.tasks import send_alerts
from tests.factories.investment import make_project
from tests.factories.issues import make_user
from tests.search.saved.conftest import TUESDAY, morning, sent, states

Save = Callable[..., SavedSearch]
Jobs = Callable[[], int]


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


def test_searches_of_one_person_are_theirs_alone(save: Save, run_jobs: Jobs) -> None:
    other = make_user()
    save("sector=transport")
    save_search(actor=other, query="sector=health", locale="vi", frequency="at_once")
    make_project()
    run_jobs()
    assert [message.to[0].count(other.email) for message in sent()] == [0]
