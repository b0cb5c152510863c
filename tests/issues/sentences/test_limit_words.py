"""Sentences follow the settings of time limits: change one, and each says the new one."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import translation

from core import clock
from core.errors import NotPossible
from issues import policies
from issues.actions import resolving
from issues.actor import Actor
from issues.mail import agency_texts, enterprise_texts
from issues.mail.scene import Scene
from issues.models import ClockKind, TargetSetting, Ticket, TicketKind
from issues.sentences import limit_words
from issues.sla import SameDay, Target, WorkingDays, WorkingTime, target_to_dict
from tests.issues.conftest import MORNING, TaskForce, at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


def set_limit(clock_kind: str, target: Target, *, kind: str = "") -> None:
    TargetSetting.objects.filter(clock=clock_kind, kind=kind, category="").update(target=target_to_dict(target))
    caches["process"].delete("targets")


class TestFillingIn:
    def test_a_limit_is_the_one_that_is_set(self) -> None:
        set_limit(ClockKind.ACCEPTANCE, WorkingDays(2))
        set_limit(ClockKind.RESOLUTION, WorkingDays(7), kind=TicketKind.COMPLEX)
        filled = limit_words.fill_in("Accepted: {acceptance} ({acceptance_short}). Complex: {complex}.")
        assert filled == "Accepted: 2 working days (2 days). Complex: 7 working days."

    @pytest.mark.parametrize(
        ("minutes", "said"),
        [
            (5, "A question that is answered within 5 min of working time moves nothing."),
            (0, "Every question stops the clock until it is answered."),
        ],
    )
    def test_a_question_answered_soon(self, settings: Any, minutes: int, said: str) -> None:
        settings.TN_PAUSE_GRACE_MINUTES = minutes
        assert limit_words.fill_in("{short_pause_rule}") == said

    def test_other_braces_stay(self) -> None:
        assert limit_words.fill_in("{name} {0} {} { acceptance }") == "{name} {0} {} { acceptance }"

    @pytest.mark.parametrize("language", ["vi", "en"])
    def test_every_limit_has_words(self, language: str) -> None:
        with translation.override(language):
            assert all(say() for say in limit_words.LIMITS.values())

    @pytest.mark.parametrize(("days", "said"), [(1, "within 1 working day"), (7, "within 7 working days")])
    def test_what_cannot_be_reopened_any_more_says_why(
        self, force: TaskForce, monkeypatch: pytest.MonkeyPatch, days: int, said: str
    ) -> None:
        monkeypatch.setattr(policies, "REOPEN_WITHIN_WORKING_DAYS", days)
        with clock.at(at("2026-12-30 09:00")), pytest.raises(NotPossible, match=said):
            policies.check_reopening_time(Ticket(resolved_at=MORNING))


@pytest.mark.parametrize(
    ("target", "said"),
    [
        (SameDay(timedelta(hours=3)), "if at least 3 h of working time is left"),
        (SameDay(timedelta()), "on the day of filing"),
        (WorkingDays(3), "within 3 working days"),
        (WorkingTime(timedelta(hours=6)), "within 6 h of working time"),
    ],
)
def test_when_a_proposal_is_answered(target: Target, said: str) -> None:
    set_limit(ClockKind.RESOLUTION, target)
    assert said in limit_words.answer_rule()


def scene(force: TaskForce, **data: Any) -> Scene:
    ticket = force.accepted()
    return Scene(
        event=ticket.events.last(), ticket=ticket, group="enterprise", data=data, actor="", hours="24", now=MORNING
    )


class TestMails:
    def test_the_time_to_accept(self, force: TaskForce) -> None:
        set_limit(ClockKind.ACCEPTANCE, WorkingDays(2))
        assert any("2 working days" in line for line in agency_texts.routed(scene(force)).lines)

    def test_the_time_to_reopen(self, force: TaskForce, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(policies, "REOPEN_WITHIN_WORKING_DAYS", 7)
        said = enterprise_texts.resolved(scene(force, kind="solved", answer="", agency="SXD"))
        assert any("7 working days" in line for line in said.lines)

    def test_the_silence_that_closes(self, force: TaskForce, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(policies, "CLOSE_AFTER_WORKING_DAYS", 3)
        lines = enterprise_texts.closed_unconfirmed(scene(force)).lines
        assert any("3 working days" in line for line in lines)


class TestPages:
    def test_the_page_of_the_enterprise(self, force: TaskForce, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(policies, "REOPEN_WITHIN_WORKING_DAYS", 7)
        monkeypatch.setattr(policies, "CLOSE_AFTER_WORKING_DAYS", 3)
        client = Client()
        client.force_login(force.filer)
        page = " ".join(client.get(f"/en/tickets/{force.accepted().code}/").content.decode().split())
        assert "7 working days" in page
        assert "3 working days" in page

    def test_after_the_answer_the_action_says_the_same(self, force: TaskForce, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(policies, "REOPEN_WITHIN_WORKING_DAYS", 2)
        ticket = force.accepted()
        with clock.at(MORNING):
            resolving.resolve(ticket=ticket, actor=Actor.of(force.officer), answer="Được.", kind="solved")
        client = Client()
        client.force_login(force.filer)
        with clock.at(at("2026-12-30 09:00")):
            response = client.post(f"/en/tickets/{ticket.code}/reopen/", {"reason": "Chưa"})
        assert response.status_code == 409
        assert "2 working days" in response.content.decode()
