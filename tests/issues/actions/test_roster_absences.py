"""Absences of the roster: who enters them, and what they do to duty and new tickets."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import caches
from django.utils import translation

from accounts.models import User
from core import clock
from core.errors import Invalid, NotAllowed
from issues.actions import roster, roster_absences
from issues.actor import Actor
from issues.assignment import decisions
from issues.models import Absence, Duty, Notification, RosterEntry
from tests.issues.conftest import MORNING, TaskForce, at

TODAY = MORNING.date()  # a Wednesday
FRIDAY, SATURDAY = TODAY + timedelta(days=2), TODAY + timedelta(days=3)


@pytest.fixture(autouse=True)
def _in_the_morning() -> Iterator[None]:
    with clock.at(MORNING), translation.override("en"):
        yield


def assign(force: TaskForce, officer: Any, day: Any = FRIDAY, *, by: User | None = None, kind: str = "duty") -> Duty:
    return roster.assign(
        agency=force.construction, actor=Actor.of(by or force.head), officer=officer, day=day, kind=kind
    )


def absent(force: TaskForce, officer: User, first: date, last: date, *, by: User | None = None, **more: Any) -> Absence:
    caches["process"].clear()  # a new absence is seen within seconds
    return roster_absences.enter_absence(
        agency=force.construction,
        actor=Actor.of(by or officer),
        officer=officer.pk,
        first_day=first,
        last_day=last,
        **more,
    )


def told(kind: str, channel: str = "app") -> set[int]:
    entry = RosterEntry.objects.filter(kind=kind).latest("pk")
    return set(Notification.objects.filter(entry=entry, channel=channel).values_list("user_id", flat=True))


class TestAbsence:
    def test_absent_people_get_no_new_tickets(self, force: TaskForce) -> None:
        assign(force, force.officer.pk, TODAY)
        assert decisions.choose_officer(force.construction, MORNING).officer == force.officer
        absent(force, force.officer, TODAY, TODAY)
        assert decisions.choose_officer(force.construction, MORNING).officer == force.colleague
        assert decisions.choose_officer(force.construction, MORNING + timedelta(days=1)).officer == force.officer
        absent(force, force.colleague, TODAY, TODAY)
        assert decisions.choose_officer(force.construction, MORNING).officer is None

    def test_a_stand_in_takes_the_turns(self, force: TaskForce) -> None:
        for day in (TODAY, TODAY + timedelta(days=1)):
            assign(force, force.officer.pk, day)
        for _ in range(2):
            force.accepted()  # the officer and nobody else has work
        resolved = force.colleague
        absent(force, force.officer, TODAY, TODAY, stand_in=resolved.pk)
        assert decisions.choose_officer(force.construction, MORNING).trace[-1]["code"] == "on_duty"
        assert told("absent", "mail") == {force.colleague.pk}
        assert told("absent") == {force.colleague.pk, force.head.pk}

    def test_out_of_hours_duty_decides_in_the_evening_only(self, force: TaskForce) -> None:
        assign(force, force.officer.pk, TODAY)
        assign(force, force.colleague.pk, TODAY, kind="after")
        assign(force, force.officer.pk, TODAY + timedelta(days=1))
        chosen = [
            decisions.choose_officer(force.construction, at(f"2026-11-{moment}")).officer
            for moment in ("18 07:30", "18 12:30", "18 17:29", "18 17:30", "18 21:00", "19 21:00")
        ]
        day, evening = force.officer, force.colleague
        assert chosen == [evening, day, day, evening, evening, day]

    def test_one_enters_ones_own_and_the_head_any(self, force: TaskForce) -> None:
        absent(force, force.officer, TODAY, TODAY)
        with pytest.raises(NotAllowed):
            absent(force, force.colleague, TODAY, TODAY, by=force.officer)
        assert absent(force, force.colleague, TODAY, TODAY, by=force.head).officer == force.colleague

    @pytest.mark.parametrize(
        ("first", "last", "more", "field"),
        [
            (FRIDAY, TODAY, {}, "last_day"),
            (TODAY - timedelta(days=3), TODAY - timedelta(days=1), {}, "last_day"),
            (TODAY, TODAY + timedelta(days=500), {}, "last_day"),
            ("", "x", {}, "first_day"),
            (TODAY, TODAY, {"stand_in": "officer"}, "stand_in"),
            (TODAY, TODAY, {"stand_in": "finance_officer"}, "stand_in"),
            (TODAY, TODAY, {"note": "x" * 201}, "note"),
        ],
    )
    def test_wrong_absences(self, force: TaskForce, first: Any, last: Any, more: dict[str, Any], field: str) -> None:
        given = {name: getattr(getattr(force, value, None), "email", value) for name, value in more.items()}
        with pytest.raises(Invalid) as refused:
            absent(force, force.officer, first, last, **given)
        assert field in refused.value.fields
        assert not Absence.objects.exists()

    def test_nobody_is_absent_twice_and_a_stand_in_is_there(self, force: TaskForce) -> None:
        absent(force, force.officer, TODAY, FRIDAY)
        with pytest.raises(Invalid) as twice:
            absent(force, force.officer, FRIDAY, SATURDAY)
        assert "is already absent from 18 Nov 2026 to 20 Nov 2026" in twice.value.fields["first_day"][0]
        with pytest.raises(Invalid) as away:
            absent(force, force.colleague, FRIDAY, SATURDAY, stand_in=force.officer.pk)
        assert "is also absent" in away.value.fields["stand_in"][0]

    def test_back_earlier_or_taken_back(self, force: TaskForce) -> None:
        first, later = absent(force, force.officer, TODAY, FRIDAY), absent(force, force.colleague, FRIDAY, SATURDAY)
        with pytest.raises(NotAllowed):
            roster_absences.end_absence(agency=force.construction, actor=Actor.of(force.officer), absence=later.pk)
        roster_absences.end_absence(agency=force.construction, actor=Actor.of(force.head), absence=later.pk)
        assert not Absence.objects.filter(pk=later.pk).exists()
        with clock.at(MORNING + timedelta(days=1)):
            roster_absences.end_absence(agency=force.construction, actor=Actor.of(force.officer), absence=first.pk)
            assert Absence.objects.get(pk=first.pk).last_day == TODAY
            with pytest.raises(Invalid):
                roster_absences.end_absence(agency=force.construction, actor=Actor.of(force.officer), absence=first.pk)
