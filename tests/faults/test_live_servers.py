"""Live updates while a server is taken away: Redis only announces, and a lost database connection is made again."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from django.db import connection

from issues.live import wakeup
from tests.factories.issues import make_event, make_ticket
from tests.faults.redis_server import RedisServer, needs_redis
from tests.issues.live.sockets import Socket, in_thread, open_socket

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]


@pytest.fixture
def redis(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[RedisServer]:
    """Redis announces, and nothing else but the slow poll: SQLite's version is not watched."""

    async def never(_self: wakeup.Wakeup) -> None:
        await asyncio.Event().wait()

    server = RedisServer()
    settings.TN_REDIS_URL = server.url
    settings.CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [{"address": server.url, "socket_timeout": 2, "socket_connect_timeout": 2}]},
        }
    }
    monkeypatch.setattr(wakeup.Wakeup, "_watch_data_version", never)
    yield server
    server.end()


async def _seconds_to_arrive(sock: Socket, ticket: Any) -> float:
    event = await in_thread(make_event)(ticket)
    committed = time.monotonic()
    while await sock.event_ids(1) != [event.pk]:
        pass
    return time.monotonic() - committed


@needs_redis
async def test_redis_announces_and_polling_takes_over_while_it_is_away(
    redis: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = await in_thread(make_ticket)()
    monkeypatch.setattr(wakeup, "SLOW_POLL", 30.0)
    async with open_socket("public") as sock:
        await sock.message()
        await asyncio.sleep(0.5)
        assert await _seconds_to_arrive(sock, ticket) < 0.5, "announced by Redis: the poll is half a minute away"

        monkeypatch.setattr(wakeup, "SLOW_POLL", 1.0)
        await _seconds_to_arrive(sock, ticket)  # ends the long wait
        redis.kill()
        for _ in range(3):
            assert await _seconds_to_arrive(sock, ticket) < 1.5

        redis.start()
        await asyncio.sleep(4)
        monkeypatch.setattr(wakeup, "SLOW_POLL", 30.0)
        await _seconds_to_arrive(sock, ticket)
        assert await _seconds_to_arrive(sock, ticket) < 0.5, "announced by Redis again"


@needs_redis
@pytest.mark.parametrize("how", ["refused", "hung"])
async def test_a_socket_opens_while_redis_is_away(redis: RedisServer, how: str) -> None:
    redis.take_away(how)
    ticket = await in_thread(make_ticket)()
    async with open_socket("public") as sock:
        assert (await sock.message())["kind"] == "hello"
        assert await _seconds_to_arrive(sock, ticket) < 1.5


@needs_redis
async def test_a_subscription_that_redis_has_forgotten_is_made_again(
    redis: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hung server, or a firewall that drops connections in silence: the reader never sees an error."""
    monkeypatch.setattr(wakeup, "QUIET", 1.0)
    ticket = await in_thread(make_ticket)()
    async with open_socket("public") as sock:
        await sock.message()
        await _seconds_to_arrive(sock, ticket)
        redis.hang()
        await _seconds_to_arrive(sock, ticket)
        await asyncio.sleep(3)
        redis.resume()
        await asyncio.sleep(6)
        monkeypatch.setattr(wakeup, "SLOW_POLL", 30.0)
        await _seconds_to_arrive(sock, ticket)  # ends the last short wait
        assert await _seconds_to_arrive(sock, ticket) < 0.7, "announced by Redis: the poll is half a minute away"


@needs_redis
@pytest.mark.parametrize("how", ["refused", "hung"])
def test_writing_does_not_wait_for_a_redis_that_is_away(redis: RedisServer, how: str) -> None:
    redis.take_away(how)
    ticket = make_ticket()
    started = time.monotonic()
    make_event(ticket)
    assert time.monotonic() - started < 1


@pytest.mark.servers
@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL only")
async def test_events_go_on_after_the_database_has_dropped_every_connection() -> None:
    ticket = await in_thread(make_ticket)()

    def drop_connections() -> None:
        with closing(connection.cursor()) as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )

    async with open_socket("public") as sock:
        await sock.message()
        await _seconds_to_arrive(sock, ticket)
        await in_thread(drop_connections)()
        assert await _seconds_to_arrive(sock, ticket) < 3
