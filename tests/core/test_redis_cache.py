"""The cache while Redis is there, refuses and hangs: a question costs one timeout at most, and never an error."""

import time
from collections.abc import Iterator

import pytest

from core import redis_cache
from core.attempts import Limit
from core.back_off import BackOff
from core.redis_cache import OptionalRedisCache
from tests.core.side_by_side import side_by_side
from tests.faults.redis_server import RedisServer, needs_redis

pytestmark = [needs_redis, pytest.mark.faults]

TIMEOUT = 0.3


@pytest.fixture
def redis(monkeypatch: pytest.MonkeyPatch) -> Iterator[RedisServer]:
    monkeypatch.setattr(OptionalRedisCache, "_down_until", float("-inf"))
    server = RedisServer()
    yield server
    server.end()


@pytest.fixture
def cache(redis: RedisServer) -> OptionalRedisCache:
    options = {"socket_timeout": TIMEOUT, "socket_connect_timeout": TIMEOUT}
    return OptionalRedisCache(redis.url, {"OPTIONS": options})


def test_it_is_djangos_cache_while_redis_is_there(cache: OptionalRedisCache) -> None:
    assert (cache.add("a", 1), cache.add("a", 2), cache.get("a"), cache.incr("a", 2)) == (True, False, 1, 3)
    cache.set("b", None)
    assert (cache.get("b", "default"), cache.has_key("b"), "c" in cache) == (None, True, False)
    assert cache.set_many({"c": 1, "d": 2}) == []
    assert cache.get_many(["c", "d", "e"]) == {"c": 1, "d": 2}
    assert (cache.touch("c", 100), cache.delete("c"), cache.delete("c")) == (True, True, False)
    cache.delete_many(["d"])
    assert cache.get_or_set("d", lambda: 5) == 5
    with pytest.raises(ValueError, match="not found"):
        cache.incr("nothing")
    cache.clear()
    assert cache.get("a") is None


@pytest.mark.parametrize("how", ["refused", "hung"])
def test_without_redis_every_question_is_answered_as_if_nothing_was_cached(
    redis: RedisServer, cache: OptionalRedisCache, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.set("a", 1)
    redis.take_away(how)
    for pause in (0.0, 60.0):  # each question waits for Redis; none but the first does
        monkeypatch.setattr(redis_cache, "PAUSE", pause)
        monkeypatch.setattr(OptionalRedisCache, "_down_until", float("-inf"))
        assert (cache.get("a"), cache.get("a", "default"), cache.has_key("a"), "a" in cache) == (
            None, "default", False, False,
        )  # fmt: skip
        assert (cache.add("b", 1), cache.touch("a"), cache.delete("a")) == (True, False, False)
        cache.set("a", 2)
        assert (cache.get_many(["a"]), cache.set_many({"a": 2, "b": 3})) == ({}, ["a", "b"])
        cache.delete_many(["a"])
        with pytest.raises(ValueError, match="not found"):
            cache.incr("a")
        assert cache.get_or_set("a", lambda: 5) == 5
        cache.clear()
    redis.give_back(how)
    assert cache.get("c") is None, "not asked for a while"
    monkeypatch.setattr(OptionalRedisCache, "_down_until", float("-inf"))
    cache.set("c", 7)
    assert cache.get("c") == 7


def test_only_the_first_question_waits_for_a_hung_redis(redis: RedisServer, cache: OptionalRedisCache) -> None:
    redis.hang()
    started = time.monotonic()
    for _ in range(100):
        cache.get("a")
    assert time.monotonic() - started < 10 * TIMEOUT, "of a hundred"


def test_many_at_once_get_the_free_attempts_and_not_one_more(
    cache: OptionalRedisCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.attempts.cache", cache)
    monkeypatch.setattr("core.back_off.cache", cache)
    slow = BackOff(Limit("test", most=5, seconds=600), first_wait=30, longest_wait=60)
    assert side_by_side(24, lambda: slow.take("key")).count(0) == 5


def test_limits_let_everybody_pass_while_redis_is_away(
    redis: RedisServer, cache: OptionalRedisCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.attempts.cache", cache)
    limit = Limit("test", most=1, seconds=600)
    limit.count("key")
    assert limit.used_up("key")
    redis.kill()
    assert not limit.used_up("key")
    limit.count("key")
