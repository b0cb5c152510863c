"""Through a real server, with a real client, from another process."""

import asyncio
import contextlib
import json
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from functools import wraps
from typing import Any

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.factories.issues import make_event, make_ticket, make_user
from tests.issues.live.server import running_server, running_writer, written
from tests.issues.live.sockets import in_thread, session_headers

pytestmark = pytest.mark.django_db(transaction=True)


def in_own_thread(test: Callable[..., Coroutine[Any, Any, None]]) -> Callable[..., None]:
    """Run the test in a thread: the browser of other tests keeps a loop running in this one."""

    @wraps(test)
    def run(*args: Any, **kwargs: Any) -> None:
        with ThreadPoolExecutor(1) as pool:
            pool.submit(lambda: asyncio.run(test(*args, **kwargs))).result()

    return run


async def next_event(socket: Any) -> dict[str, Any]:
    while True:
        message = json.loads(await asyncio.wait_for(socket.recv(), 20))
        if message["kind"] == "event":
            return message["event"]


@in_own_thread
async def test_events_of_another_process_arrive_in_order_and_soon() -> None:
    ticket = await in_thread(make_ticket)()
    with running_server() as address:
        async with connect(f"ws://{address}/ws/events/?topic=public") as socket:
            assert json.loads(await socket.recv())["kind"] == "hello"
            with running_writer(str(ticket.code), events=30, pause=0.03) as writer:
                received = {}
                for _ in range(30):
                    received[(await next_event(socket))["id"]] = time.time()
                sent = await asyncio.to_thread(written, writer)
    assert list(received) == list(sent)
    delays = sorted(received[event] - sent[event] for event in sent)
    assert delays[len(delays) // 2] < 0.5
    assert delays[-1] < 1.5


@in_own_thread
async def test_a_browser_signs_in_with_its_cookie_and_only_from_our_pages() -> None:
    filer = await in_thread(make_user)()
    ticket = await in_thread(make_ticket)(filer=filer)
    headers = dict(await in_thread(session_headers)(filer))
    cookie = {"Cookie": headers[b"cookie"].decode()}
    with running_server() as address:
        url = f"ws://{address}/ws/events/?topic=ticket:{ticket.code}"
        async with connect(url, additional_headers=cookie, origin=f"http://{address}") as socket:
            assert json.loads(await socket.recv())["kind"] == "hello"
            event = await in_thread(make_event)(ticket)
            assert (await next_event(socket))["id"] == event.pk
        board = f"ws://{address}/ws/events/?topic=board"
        async with connect(board, additional_headers=cookie, origin=f"http://{address}") as socket:
            with pytest.raises(ConnectionClosed) as closed:
                await socket.recv()
            assert closed.value.rcvd.code == 4403
        with pytest.raises(InvalidStatus):
            await connect(url, additional_headers=cookie, origin="http://evil.example")


@in_own_thread
async def test_a_client_that_stops_reading_is_let_go_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("issues.live.consumer.SEND_LIMIT", 0.5)
    monkeypatch.setattr("issues.live.fanout.message_of", _large_message)
    ticket = await in_thread(make_ticket)()
    with running_server() as address:
        url = f"ws://{address}/ws/events/?topic=public"
        async with (
            connect(url, max_queue=1, max_size=2**24, close_timeout=0.1) as deaf,
            connect(url, max_size=2**24) as good,
        ):
            await good.recv()
            with running_writer(str(ticket.code), events=20) as writer:
                ids = [(await next_event(good))["id"] for _ in range(20)]
                assert ids == list(await asyncio.to_thread(written, writer))
            await asyncio.sleep(1.2)
            received = await asyncio.wait_for(_read_to_the_end(deaf), 15)
    assert received < 20


async def _read_to_the_end(socket: Any) -> int:
    return len([message async for message in _messages(socket)])


async def _messages(socket: Any) -> AsyncIterator[Any]:
    with contextlib.suppress(ConnectionClosed):
        while True:
            yield await socket.recv()


def _large_message(event: Any, **_kwargs: object) -> str:
    return json.dumps({"kind": "event", "event": {"id": event.pk, "padding": "x" * 2_000_000}})


@in_own_thread
async def test_any_other_address_is_refused() -> None:
    with running_server() as address, pytest.raises(InvalidStatus):
        await connect(f"ws://{address}/ws/nothing/")
