"""A simulated year keeps every invariant (see invariants.py), with workers that die in the middle of a transaction.

Few tickets by default; `SIMULATED_TICKETS=300 SIMULATED_SEEDS=5` runs as long as you like.
"""

import os
import random
from typing import Any
from unittest.mock import patch

import pytest

from accounts.models import Role
from core import clock
from issues.actions import batch, timers
from issues.clocks import calendars
from issues.events.record import record_events
from issues.models import Calendar, RoutingRule
from issues.simulation.cast import Cast
from issues.simulation.moves import MOVES
from issues.simulation.world import World
from issues.simulation.year import plan_year
from tests.factories.issues import make_agency, make_user
from tests.issues.conftest import TaskForce, at
from tests.issues.simulation.invariants import Invariants

START = at("2026-01-28 00:00")  # Tết is in it
DAYS = int(os.environ.get("SIMULATED_DAYS", "365"))
TICKETS = int(os.environ.get("SIMULATED_TICKETS", "30"))
SEEDS = int(os.environ.get("SIMULATED_SEEDS", "1"))
DIES = 0.15


class Killed(BaseException):
    """The worker is gone: nothing catches it, and the database takes its transaction back."""


class MortalSweep:
    """A sweep that dies now and then, before its events are written or just before the commit."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.deaths = 0

    def __call__(self) -> int:
        if self.chance.random() > DIES:
            return timers.sweep()
        late, left = self.chance.random() < 0.5, self.chance.randint(0, 1)

        def dying(*args: Any, **kwargs: Any) -> None:
            nonlocal left
            if left or late:
                record_events(*args, **kwargs)
            if not left:
                raise Killed
            left -= 1

        try:
            with patch.object(batch, "record_events", dying):
                return timers.sweep()
        except Killed:
            self.deaths += 1
            return 0


@pytest.fixture
def city(force: TaskForce, monkeypatch: pytest.MonkeyPatch) -> TaskForce:
    """Every agency that rules lead to has an officer and a head; the finance department has hours of its own."""
    monkeypatch.setattr(batch, "GAP", 0)  # nobody else waits for the database here
    own = Calendar.objects.create(
        code="finance",
        name_vi="Sở Tài chính",
        weekly={day: [["07:30", "11:30"], ["13:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat")},
    )
    own.agencies.add(force.finance)
    Calendar.objects.update(recomputed_at=START, changed_at=START)
    calendars.refresh()
    leads = RoutingRule.objects.exclude(lead="").exclude(lead__startswith="@").values_list("lead", flat=True)
    for code in sorted({*leads, "SXD", "STC", "STP"}):
        agency = make_agency(code)
        for role in (Role.OFFICER, Role.HEAD):
            make_user(role, agency=agency)
    return force


@pytest.mark.timeout(0)  # as long as it was asked for
@pytest.mark.parametrize("seed", range(1, SEEDS + 1))
def test_a_year_keeps_every_invariant(city: TaskForce, seed: int) -> None:
    sweep, invariants = MortalSweep(seed), Invariants(START, DAYS)
    world = World(cast=Cast.read(), seed=seed)
    play = plan_year(world, start=START, days=DAYS, tickets=TICKETS, sweep=sweep, seen=invariants)
    play.run()
    with clock.at(play.until):
        invariants.at_the_end()
    print(dict(invariants.steps), dict(invariants.events), dict(world.refused), invariants.dues_checked, sweep.deaths)
    assert sweep.deaths
    assert invariants.dues_checked >= 3 * TICKETS
    assert set(world.done) == {"file", *MOVES}, "a part of the rules was not tried"
    assert invariants.short_pauses, "no question was answered within the grace"
    assert invariants.events["clock.breached"]
    assert invariants.events["clock.recomputed"]
    calendars.refresh()


def test_the_same_seed_gives_the_same_year(city: TaskForce) -> None:
    worlds = []
    for _ in range(2):
        world = World(cast=Cast.read(), seed=3)
        planned = plan_year(world, start=START, days=5, tickets=3)
        worlds.append([(moment, number) for moment, number, _act in sorted(planned._waiting)[:10]])
    assert worlds[0] == worlds[1]
