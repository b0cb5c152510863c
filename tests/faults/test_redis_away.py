"""The real processes while Redis refuses and while it hangs: people go on reading and filing.

Web, worker and beat run as `bin/demo` runs them, with a Redis of this test's own. What was filed without Redis is
drained once it is back, by the same processes.
"""

import asyncio
import json
import re
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from websockets.asyncio.client import connect

from accounts.models import ApiToken
from issues.models import ConsumerCursor, TicketEvent
from tests.faults.redis_server import RedisServer, needs_redis
from tests.faults.test_supervisor import RESTART_WITHIN, START_WITHIN, Demo, children_of, wait_for
from tests.issues.conftest import make_task_force

WITHIN = 8.0  # seconds for each answer, on a machine that does other things too; the timeouts are of 1 and 2 seconds
DRAINED_WITHIN = 60.0
# What Celery and redis-py write when a connection is refused, lost or silent.
NOTICED = re.compile(
    r"Connection ?[Ee]rror|Connection to broker lost|TimeoutError|Timeout reading|Error \d+ connecting"
)

pytestmark = [
    needs_redis,
    pytest.mark.faults,
    pytest.mark.timeout(300),
    pytest.mark.django_db(transaction=True),
]


class Site(Demo):
    """The supervisor and its processes, with Redis."""

    def __init__(self, var: Path, redis: RedisServer, secret: str) -> None:
        self.redis, self.secret = redis, secret
        super().__init__(var)

    def environment(self) -> dict[str, str]:
        return {**super().environment(), "REDIS_URL": self.redis.url}

    def get(self, path: str) -> tuple[int, bytes]:
        return self._answer(urllib.request.Request(f"http://127.0.0.1:{self.port}{path}"))

    def file(self) -> str:
        """File a ticket; its code."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/api/v1/tickets",
            data=json.dumps({"title": "Hỏi về giấy phép xây dựng", "body": "Công trình khởi công năm 2012."}).encode(),
            headers={"Authorization": f"Bearer {self.secret}", "Content-Type": "application/json"},
        )
        status, body = self._answer(request)
        assert status == 201, body
        return str(json.loads(body)["code"])

    def checks(self) -> dict[str, str]:
        """What /readyz says."""
        status, body = self.get("/readyz")
        assert status == 200
        return dict(json.loads(body)["checks"])

    def log(self, name: str) -> str:
        """What a process has written; only warnings and errors once it runs."""
        file = self.var / "log" / f"{name}.log"
        return file.read_text(encoding="utf-8", errors="replace") if file.exists() else ""

    @property
    def live_url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/ws/events/?topic=public"

    @staticmethod
    def _answer(request: urllib.request.Request) -> tuple[int, bytes]:
        with urllib.request.urlopen(request, timeout=WITHIN) as answer:  # noqa: S310 - our own address
            return int(answer.status), answer.read()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    if connection.vendor != "sqlite":
        pytest.skip("the processes need a database that they can be pointed to")
    _token, secret = ApiToken.issue(user=make_task_force().filer, name="test")
    connection.close()
    redis = RedisServer()
    site = Site(tmp_path, redis, secret)
    try:
        wait_for("the site answers", lambda: "ready" in site.said() and site.answers(), START_WITHIN)
        wait_for("all three run", lambda: all(map(site.child, ("web", "worker", "beat"))), RESTART_WITHIN)
        yield site
    finally:
        site.process.kill()
        site.process.wait()
        redis.end()


def everything_is_drained() -> bool:
    newest = TicketEvent.objects.order_by("-id").values_list("id", flat=True).first()
    places = ConsumerCursor.objects.values_list("last_event_id", flat=True)
    with closing(connection):
        return bool(places) and all(place == newest for place in places)


async def event_of(socket: Any, code: str) -> None:
    """Wait for an event of the ticket."""
    async with asyncio.timeout(WITHIN):
        while json.loads(await socket.recv()).get("event", {}).get("ticket") != code:
            pass


@pytest.mark.parametrize("how", ["refused", "hung"])
async def test_people_go_on_without_redis_and_the_jobs_catch_up_afterwards(site: Site, how: str) -> None:
    in_thread = asyncio.to_thread

    async def wait(what: str, condition: Any) -> None:
        await in_thread(wait_for, what, condition, DRAINED_WITHIN)

    async with connect(site.live_url) as before:
        await before.recv()
        await in_thread(site.file)
        await wait("the first filing is drained", everything_is_drained)
        assert (await in_thread(site.checks))["redis"] == "ok"
        processes = children_of(site.process.pid)

        logs = {name: site.log(name) for name in ("worker", "beat")}
        site.redis.take_away(how)
        for _ in range(2):
            assert await in_thread(site.get, "/healthz") == (200, b'{"status": "ok"}')
            assert (await in_thread(site.checks))["redis"] == "down"
            assert (await in_thread(site.get, "/vi/"))[0] == 200
            code = await in_thread(site.file)
            await event_of(before, code)
            async with connect(site.live_url) as opened:
                assert json.loads(await asyncio.wait_for(opened.recv(), WITHIN))["kind"] == "hello"
        for name, said in logs.items():
            await wait(f"{name} has noticed, too", lambda n=name, s=said: NOTICED.search(site.log(n), len(s)))
        await in_thread(site.file)

        site.redis.give_back(how)
        await wait("what was filed is drained", everything_is_drained)
        await in_thread(site.file)
        await wait("the next filing is drained", everything_is_drained)
        assert (await in_thread(site.checks))["redis"] == "ok"
    assert children_of(site.process.pid) == processes, "nobody died"
