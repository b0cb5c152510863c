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
from issues.actions import roster, roster_absences, roster_swaps
from issues.actor import Actor
from issues.assignment import decisions
from issues.models import Absence, Duty, DutySwap, Notification, RosterEntry
from issues.sentences.roster_words import sentence_of
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
            ("2026-02-30", "duty", "day", "not a day of the calendar"),
            ("soon", "duty", "day", "not a day of the calendar"),
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
        assert "has a turn on 20 Nov 2026 already: Department of Finance." in refused.value.fields["officer"][0]

    def test_out_of_hours_duty_is_possible_on_closed_days(self, force: TaskForce) -> None:
        assert assign(force, force.officer.pk, SATURDAY, kind="after").kind == Duty.Kind.OUT_OF_HOURS

    def test_somebody_absent_cannot_be_on_duty(self, force: TaskForce) -> None:
        absent(force, force.officer, TODAY, FRIDAY)
        with pytest.raises(Invalid) as refused:
            assign(force, force.officer.pk)
        assert "is absent until 20 Nov 2026" in refused.value.fields["officer"][0]

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


class TestSwaps:
    def ask(self, force: TaskForce, turn: Duty, **more: Any) -> DutySwap:
        return roster_swaps.ask_swap(
            agency=force.construction,
            actor=Actor.of(force.officer),
            duty=turn.pk,
            **{"colleague": force.colleague.email, **more},
        )

    def test_the_colleague_takes_it_and_gives_one_back_and_both_are_told(self, force: TaskForce) -> None:
        mine, theirs = assign(force, force.officer.pk), assign(force, force.colleague.pk, TODAY + timedelta(days=1))
        swap = self.ask(force, mine, in_return=theirs.pk, note="Khám bệnh")
        assert (told("swap_asked"), told("swap_asked", "mail")) == (
            {force.colleague.pk, force.head.pk},
            {force.colleague.pk},
        )
        roster_swaps.accept_swap(swap=swap, actor=Actor.of(force.colleague))
        assert Duty.objects.get(pk=mine.pk).officer == force.colleague
        assert Duty.objects.get(pk=theirs.pk).officer == force.officer
        assert (told("swap_accepted"), told("swap_accepted", "mail")) == (
            {force.officer.pk, force.head.pk},
            {force.officer.pk},
        )
        with pytest.raises(NotPossible):
            roster_swaps.decline_swap(swap=swap, actor=Actor.of(force.colleague))

    def test_on_one_day_the_hours_change_hands(self, force: TaskForce) -> None:
        mine, theirs = assign(force, force.officer.pk), assign(force, force.colleague.pk, kind="after")
        roster_swaps.accept_swap(swap=self.ask(force, mine, in_return=theirs.pk), actor=Actor.of(force.colleague))
        kinds = dict(Duty.objects.filter(date=FRIDAY).values_list("officer_id", "kind"))
        assert kinds == {force.officer.pk: "after", force.colleague.pk: "duty"}

    def test_declined_or_withdrawn_it_stays_where_it_was(self, force: TaskForce) -> None:
        mine = assign(force, force.officer.pk)
        declined = roster_swaps.decline_swap(swap=self.ask(force, mine), actor=Actor.of(force.colleague))
        withdrawn = roster_swaps.withdraw_swap(swap=self.ask(force, mine), actor=Actor.of(force.officer))
        assert (declined.status, withdrawn.status) == ("declined", "withdrawn")
        assert Duty.objects.get(pk=mine.pk).officer == force.officer

    def test_only_the_two_decide(self, force: TaskForce) -> None:
        swap = self.ask(force, assign(force, force.officer.pk))
        for action, who in (
            (roster_swaps.accept_swap, force.officer),
            (roster_swaps.accept_swap, force.head),
            (roster_swaps.withdraw_swap, force.colleague),
        ):
            with pytest.raises(NotAllowed):
                action(swap=swap, actor=Actor.of(who))
        with pytest.raises(NotVisible):
            roster_swaps.accept_swap(swap=swap, actor=Actor.of(force.finance_officer))

    def test_wrong_offers(self, force: TaskForce) -> None:
        mine, theirs = assign(force, force.officer.pk), assign(force, force.colleague.pk)
        with pytest.raises(NotAllowed):
            self.ask(force, theirs)
        for more, field in (
            ({}, "colleague"),  # on duty that day too
            ({"colleague": force.officer.pk}, "colleague"),
            ({"colleague": force.finance_officer.pk}, "colleague"),
            ({"in_return": mine.pk}, "in_return"),
            ({"in_return": "x"}, "in_return"),
        ):
            with pytest.raises(Invalid) as refused:
                self.ask(force, mine, **more)
            assert field in refused.value.fields
        assert not DutySwap.objects.exists()

    def test_asked_twice(self, force: TaskForce) -> None:
        mine = assign(force, force.officer.pk)
        self.ask(force, mine)
        with pytest.raises(NotPossible):
            self.ask(force, mine, colleague=force.head.email)

    def test_everything_is_checked_again_when_it_is_accepted(self, force: TaskForce) -> None:
        mine = assign(force, force.officer.pk)
        swap = self.ask(force, mine)
        assign(force, force.colleague.pk)
        with pytest.raises(Invalid):
            roster_swaps.accept_swap(swap=swap, actor=Actor.of(force.colleague))
        with clock.at(MORNING + timedelta(days=5)), pytest.raises(NotPossible):
            roster_swaps.accept_swap(swap=swap, actor=Actor.of(force.colleague))
        assert Duty.objects.get(pk=mine.pk).officer == force.officer


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
        assert "is entered as absent from 18 Nov 2026 to 20 Nov 2026 already" in twice.value.fields["first_day"][0]
        with pytest.raises(Invalid) as away:
            absent(force, force.colleague, FRIDAY, SATURDAY, stand_in=force.officer.pk)
        assert "absent too" in away.value.fields["stand_in"][0]

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


@pytest.mark.parametrize("kind", RosterEntry.Kind.values)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_kind_of_entry_has_a_sentence(kind: str, language: str) -> None:
    data = {
        "officer": "A", "colleague": "B", "stand_in": "C", "day": "2026-11-20", "return_day": "2026-11-23",
        "turn": "after", "first": "2026-11-20", "last": "2026-11-21", "week": "2026-11-23", "turns": 2,
        "codes": ["KN-1", "KN-2"],
    }  # fmt: skip
    with translation.override(language):
        said = sentence_of(RosterEntry(kind=kind, data=data, actor_name="D"))
    assert said
    assert "{" not in said
