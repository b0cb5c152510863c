"""Swaps of the roster: who decides, what cannot be, and who is told."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from accounts.models import User
from core import clock
from core.errors import Invalid, NotAllowed, NotPossible, NotVisible
from issues.actions import roster, roster_swaps
from issues.actor import Actor
from issues.models import Duty, DutySwap, Notification, RosterEntry
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


def told(kind: str, channel: str = "app") -> set[int]:
    entry = RosterEntry.objects.filter(kind=kind).latest("pk")
    return set(Notification.objects.filter(entry=entry, channel=channel).values_list("user_id", flat=True))


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
