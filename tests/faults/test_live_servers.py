"""Live updates while a server is taken away: Redis is only a doorbell, and a lost database connection is made again."""

import asyncio
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from django.db import connection

from issues.live import bell
from tests.factories.issues import make_event, make_ticket
from tests.issues.live.sockets import Socket, in_thread, open_socket

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]

needs_redis = pytest.mark.skipif(not shutil.which("redis-server"), reason="no redis-server on this machine")


class Redis:
    """A Redis of this test's own, to be killed."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.start()

    def start(self) -> None:
        quiet = ["--save", "", "--appendonly", "no", "--loglevel", "warning"]
        self.process = subprocess.Popen(["redis-server", "--port", str(self.port), *quiet])
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                return
            except OSError:
                time.sleep(0.02)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


@pytest.fixture
def redis(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Redis]:
    """Redis as the doorbell, and nothing else but the slow poll: SQLite's version is not watched."""

    async def never(_self: bell.Bell) -> None:
        await asyncio.Event().wait()

    server = Redis()
    settings.TN_REDIS_URL = f"redis://127.0.0.1:{server.port}/0"
    settings.CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [{"address": settings.TN_REDIS_URL, "socket_timeout": None}]},
        }
    }
    monkeypatch.setattr(bell.Bell, "_watch_data_version", never)
    yield server
    server.kill()


async def _seconds_to_arrive(sock: Socket, ticket: Any) -> float:
    event = await in_thread(make_event)(ticket)
    committed = time.monotonic()
    while await sock.event_ids(1) != [event.pk]:
        pass
    return time.monotonic() - committed


@needs_redis
async def test_redis_rings_and_polling_takes_over_while_it_is_away(
    redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = await in_thread(make_ticket)()
    monkeypatch.setattr(bell, "SLOW_POLL", 30.0)
    async with open_socket("public") as sock:
        await sock.message()
        await asyncio.sleep(0.5)
        assert await _seconds_to_arrive(sock, ticket) < 0.5, "rung by Redis: the poll is half a minute away"

        monkeypatch.setattr(bell, "SLOW_POLL", 1.0)
        await _seconds_to_arrive(sock, ticket)  # ends the long wait
        redis.kill()
        for _ in range(3):
            assert await _seconds_to_arrive(sock, ticket) < 1.5

        redis.start()
        await asyncio.sleep(4)
        monkeypatch.setattr(bell, "SLOW_POLL", 30.0)
        await _seconds_to_arrive(sock, ticket)
        assert await _seconds_to_arrive(sock, ticket) < 0.5, "rung by Redis again"


@needs_redis
async def test_a_socket_opens_while_redis_is_away(redis: Redis) -> None:
    redis.kill()
    ticket = await in_thread(make_ticket)()
    async with open_socket("public") as sock:
        assert (await sock.message())["kind"] == "hello"
        assert await _seconds_to_arrive(sock, ticket) < 1.5


@needs_redis
def test_writing_does_not_wait_for_a_redis_that_is_away(redis: Redis) -> None:
    redis.kill()
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
