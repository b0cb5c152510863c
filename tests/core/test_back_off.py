"""Attempts are noted before they are made: many at once get no more of them than one after the other."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.locmem import LocMemCache

from core import clock
from core.attempts import Limit
from core.back_off import BackOff
from core.file_cache import CountingFileCache
from tests.core.side_by_side import side_by_side

SLOW = BackOff(Limit("test", most=5, seconds=86_400), first_wait=30, longest_wait=100)
MANY = 24


@pytest.fixture(params=["memory", "files"])
def shared(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[BaseCache]:
    files = request.param == "files"
    cache: BaseCache = CountingFileCache(str(tmp_path / "cache"), {}) if files else LocMemCache("attempts", {})
    monkeypatch.setattr("core.attempts.cache", cache)
    monkeypatch.setattr("core.back_off.cache", cache)
    yield cache
    cache.clear()


def test_one_after_the_other(shared: BaseCache) -> None:
    at, waits = clock.now(), []
    for number in range(8):
        with clock.at(at):
            assert SLOW.take("a") == 0, number
            waits.append(SLOW.wait("a"))
            if waits[-1]:
                assert SLOW.take("a") == waits[-1]
        at += timedelta(seconds=waits[-1])
    assert waits == [0, 0, 0, 0, 30, 60, 100, 100]


def test_many_at_once_get_the_free_ones_and_not_one_more(shared: BaseCache) -> None:
    taken = side_by_side(MANY, lambda: SLOW.take("a"))
    assert taken.count(0) == 5
    assert set(taken) - {0} <= {30, 29}


def test_after_a_wait_many_at_once_get_one(shared: BaseCache) -> None:
    start = clock.now()
    with clock.at(start):
        for _ in range(5):
            SLOW.take("a")

    def later() -> int:
        with clock.at(start + timedelta(seconds=30)):
            return SLOW.take("a")

    taken = side_by_side(MANY, later)
    assert sorted(taken) == [0] + [60] * (MANY - 1)


def test_those_that_were_refused_make_nobody_wait_longer(shared: BaseCache) -> None:
    start = clock.now()
    with clock.at(start):
        for _ in range(20):
            SLOW.take("a")
    with clock.at(start + timedelta(seconds=30)):
        assert (SLOW.take("a"), SLOW.wait("a")) == (0, 60)


def test_a_good_one_begins_from_nothing(shared: BaseCache) -> None:
    with clock.at(clock.now()):  # at the same instant
        for _ in range(3):
            for _ in range(5):
                assert SLOW.take("a") == 0
            SLOW.forget("a")


def test_an_attempt_whose_process_died_before_it_counted_blocks_nobody(
    shared: BaseCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(4):
        SLOW.take("a")
    with monkeypatch.context() as patch:
        patch.setattr(Limit, "count_in", lambda *_: 1)
        assert SLOW.take("a") == 0
    assert SLOW.take("a") in (29, 30)
    shared.delete(f"{SLOW.limit.period('a').counter}.5")  # as its timeout does
    assert SLOW.take("a") == 0
