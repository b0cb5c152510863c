"""Turns of the roster: who may change them, what cannot be, and who is told."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import caches
from django.utils import translation

from accounts.models import Membership, Role, User
from core import clock
from core.errors import Invalid, NotAllowed, NotPossible, NotSignedIn, NotVisible, OperationError
from issues.actions import roster, roster_absences
from issues.actions.roster_frame import say_day
from issues.actor import Actor
from issues.models import Absence, Duty, Notification, RosterEntry
from tests.issues.conftest import MORNING, TaskForce

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


class TestTurns:
    def test_the_head_and_the_coordinator_edit(self, force: TaskForce) -> None:
        turn = assign(force, force.officer.pk, "2026-11-20")
        assert (turn.officer, turn.date, turn.kind) == (force.officer, FRIDAY, "duty")
        assign(force, force.colleague.email, by=force.coordinator)
        entry = RosterEntry.objects.latest("pk")
        assert (entry.actor, entry.kind, entry.data["turn"]) == (force.coordinator, "assigned", "duty")
        assert told("assigned") == {force.colleague.pk}

    @pytest.mark.parametrize(
        ("who", "error"),
        [
            ("officer", NotAllowed),
            ("leader", NotAllowed),
            ("finance_officer", NotVisible),
            ("filer", NotVisible),
        ],
    )
    def test_others_do_not(self, force: TaskForce, who: str, error: type[OperationError]) -> None:
        with pytest.raises(error):
            assign(force, force.officer.pk, by=getattr(force, who))
        assert not Duty.objects.exists()

    def test_nobody_is_asked_to_sign_in(self, force: TaskForce) -> None:
        with pytest.raises(NotSignedIn):
            roster.assign(agency=force.construction, actor=Actor.of(None), officer=force.officer.pk, day=FRIDAY)

    @pytest.mark.parametrize(
        ("day", "kind", "field", "sentence"),
        [
            (TODAY - timedelta(days=1), "duty", "day", "This day is over."),
            (TODAY + timedelta(days=400), "duty", "day", "At most one year ahead."),
            (SATURDAY, "duty", "day", "only out-of-hours duty"),
            (date(2026, 11, 24), "duty", "day", "only out-of-hours duty"),  # a holiday
            ("2026-02-30", "duty", "day", "not a real date"),
            ("soon", "duty", "day", "not a real date"),
            ("", "duty", "day", "required"),
            (FRIDAY, "night", "kind", "not one of the choices"),
        ],
    )
    def test_wrong_days_and_turns(self, force: TaskForce, day: Any, kind: str, field: str, sentence: str) -> None:
        with pytest.raises(Invalid) as refused:
            assign(force, force.officer.pk, day, kind=kind)
        assert sentence in refused.value.fields[field][0]

    def test_somebody_of_another_agency_cannot_be_on_duty(self, force: TaskForce) -> None:
        for who in (force.finance_officer.email, 10**17, "x", None):
            with pytest.raises(Invalid) as refused:
                assign(force, who)
            assert "officer" in refused.value.fields

    def test_two_turns_on_one_day_even_at_another_agency(self, force: TaskForce) -> None:
        Membership.objects.create(user=force.officer, role=Role.OFFICER, agency=force.finance)
        roster.assign(agency=force.finance, actor=Actor.of(force.coordinator), officer=force.officer.pk, day=FRIDAY)
        with pytest.raises(Invalid) as refused:
            assign(force, force.officer.pk, kind="after")
        assert list(refused.value.fields) == ["officer"]
        assert str(force.finance) in refused.value.fields["officer"][0]

    def test_out_of_hours_duty_is_possible_on_closed_days(self, force: TaskForce) -> None:
        assert assign(force, force.officer.pk, SATURDAY, kind="after").kind == Duty.Kind.OUT_OF_HOURS

    def test_somebody_absent_cannot_be_on_duty(self, force: TaskForce) -> None:
        absent(force, force.officer, TODAY, FRIDAY)
        with pytest.raises(Invalid) as refused:
            assign(force, force.officer.pk)
        assert list(refused.value.fields) == ["officer"]
        assert say_day(FRIDAY) in refused.value.fields["officer"][0]

    def test_a_turn_is_taken_off_once_and_not_afterwards(self, force: TaskForce) -> None:
        turn = assign(force, force.officer.pk)
        roster.remove(agency=force.construction, actor=Actor.of(force.head), duty=turn.pk)
        assert not Duty.objects.exists()
        with pytest.raises(Invalid):
            roster.remove(agency=force.construction, actor=Actor.of(force.head), duty=turn.pk)
        late = assign(force, force.officer.pk, TODAY)
        with clock.at(MORNING + timedelta(days=1)), pytest.raises(NotPossible):
            roster.remove(agency=force.construction, actor=Actor.of(force.head), duty=late.pk)

    def test_a_turn_of_another_agency_is_not_there(self, force: TaskForce) -> None:
        turn = assign(force, force.officer.pk)
        with pytest.raises(Invalid):
            roster.remove(agency=force.finance, actor=Actor.of(force.coordinator), duty=turn.pk)


class TestCopying:
    def test_what_is_possible_is_copied_and_the_rest_is_said(self, force: TaskForce) -> None:
        monday = TODAY + timedelta(days=5)
        turns = ((1, force.officer, "duty"), (2, force.colleague, "duty"), (3, force.officer, "after"))
        for days, officer, kind in turns:
            assign(force, officer.pk, TODAY + timedelta(days=days), kind=kind)
        yesterday = TODAY - timedelta(days=1)
        Duty.objects.create(agency=force.construction, officer=force.colleague, date=yesterday)
        absent(force, force.colleague, monday + timedelta(days=4), monday + timedelta(days=4))
        copied = roster.copy_week(agency=force.construction, actor=Actor.of(force.head), monday=monday)
        assert [(duty.date, duty.kind) for duty in copied.made] == [
            (TODAY + timedelta(days=8), "duty"),
            (TODAY + timedelta(days=10), "after"),
        ]
        assert len(copied.left_out) == 2
        assert "only out-of-hours duty is possible" in copied.left_out[0]  # 24 November is closed
        assert "absent" in copied.left_out[1]
        again = roster.copy_week(agency=force.construction, actor=Actor.of(force.head), monday=monday)
        assert again.made == []

    def test_a_week_that_is_over_stays_as_it_was(self, force: TaskForce) -> None:
        with pytest.raises(NotPossible):
            roster.copy_week(agency=force.construction, actor=Actor.of(force.head), monday=TODAY - timedelta(days=14))
        for wrong in ("x", "", "9999-12-27"):
            with pytest.raises(Invalid):
                roster.copy_week(agency=force.construction, actor=Actor.of(force.head), monday=wrong)
