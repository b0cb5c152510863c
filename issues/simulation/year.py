"""A year of a task force in which everything that can happen does: for tests of what must hold all the same."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from issues.actions import timers
from issues.simulation.edits import edit_calendar, recompute
from issues.simulation.habits import WILD
from issues.simulation.play import MINUTE, Play
from issues.simulation.world import World

_DAY_MINUTES = 24 * 60
_EDITS_EVERY = 9  # days
_DOWN_EVERY = 14  # days


def plan_year(
    world: World,
    *,
    start: datetime,
    days: int,
    tickets: int,
    sweep: Callable[[], int] = timers.sweep,
    seen: Callable[[str], None] = lambda _what: None,
) -> Play:
    """A year, or a part of one, ready to run from `start` (aware, a whole minute)."""
    play = Play(
        world, WILD, now=start, until=start + timedelta(days=days), sweep=sweep, seen=seen,
        downtimes=_downtimes(world, start, days),
    )  # fmt: skip
    for _ in range(tickets):
        play.file_at(_any_time(world, start, days))
    for day in range(days):
        play.enter(start + timedelta(days=day, minutes=world.chance.randrange(_DAY_MINUTES)), play.close_silent)
    for _ in range(days // _EDITS_EVERY):
        at = _any_time(world, start, days)
        play.enter(at, partial(edit_calendar, world))
        play.enter(at + world.minutes(1, 300) * MINUTE, recompute)
    return play


def _any_time(world: World, start: datetime, days: int) -> datetime:
    """Any minute; people file at all hours, and more often by day."""
    day = timedelta(days=world.chance.randrange(days))
    minute = world.chance.choice((world.chance.randrange(_DAY_MINUTES), world.chance.randint(7 * 60, 18 * 60)))
    return start + day + minute * MINUTE


def _downtimes(world: World, start: datetime, days: int) -> list[tuple[datetime, datetime]]:
    """Times without a worker, from minutes to three days, none reaching into another."""
    found: list[tuple[datetime, datetime]] = []
    begin = start
    while (begin := begin + world.minutes(60, 2 * _DOWN_EVERY * _DAY_MINUTES) * MINUTE) < start + timedelta(days=days):
        end = begin + world.minutes(5, 3 * _DAY_MINUTES) * MINUTE
        found.append((begin, end))
        begin = end
    return found
