"""Requests in a pool of threads: what goes in comes out, and nothing of one request stays for the next."""

import asyncio
import io
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from asgiref.testing import ApplicationCommunicator
from django.core.signals import request_finished
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import override_settings
from django.urls import path
from django.utils import translation

from config.http import Application, http_application

seen: list[Any] = []
LARGE = 300_000  # bytes


def echo(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(request.body, headers={"X-Method": str(request.method), "X-Word": "một".encode()})
    response.set_cookie("first", "1")
    response.set_cookie("second", "2")
    return response


def stream(request: HttpRequest) -> StreamingHttpResponse:
    def parts() -> Iterator[str]:
        for number in range(3):
            seen.append(threading.current_thread().name)
            yield f"part {number};"

    return StreamingHttpResponse(parts())


def waiting(request: HttpRequest) -> StreamingHttpResponse:
    def parts() -> Iterator[str]:
        yield "first;"
        assert proceed.wait(5)
        yield "second;"

    return StreamingHttpResponse(parts())


def file(request: HttpRequest) -> FileResponse:
    return FileResponse(open(__file__, "rb"))


def large(request: HttpRequest) -> FileResponse:
    source = io.BytesIO(b"x" * LARGE)
    seen.append(source)
    return FileResponse(source)


def language(request: HttpRequest) -> HttpResponse:
    found = translation.get_language()
    translation.activate("en")
    return HttpResponse(found)


def failure(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a fault")


def alone(request: HttpRequest) -> HttpResponse:
    """Notes that it is at work, and for how many at a time."""
    seen.append("in")
    together.wait()
    return HttpResponse(threading.current_thread().name)


together, proceed = threading.Barrier(2, timeout=5), threading.Event()
urlpatterns = [
    path("echo", echo),
    path("stream", stream),
    path("waiting", waiting),
    path("file", file),
    path("large", large),
    path("language", language),
    path("failure", failure),
    path("alone", alone),
]


@pytest.fixture
def handler() -> Iterator[Application]:
    seen.clear()
    with override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=[], TN_WEB_THREADS=2):
        yield http_application()


def scope_of(address: str, method: str = "GET") -> dict[str, Any]:
    headers = [(b"host", b"testserver")]
    return {
        "type": "http", "http_version": "1.1", "method": method, "path": address, "query_string": b"",
        "headers": headers,
    }  # fmt: skip


async def ask(handler: Application, address: str, *, method: str = "GET", body: bytes = b"") -> tuple[Any, bytes]:
    scope = scope_of(address, method)
    scope["headers"] = [*scope["headers"], (b"content-length", str(len(body)).encode())]
    line = ApplicationCommunicator(handler, scope)
    half = len(body) // 2
    await line.send_input({"type": "http.request", "body": body[:half], "more_body": True})
    await line.send_input({"type": "http.request", "body": body[half:]})
    start = await line.receive_output(5)
    parts = []
    while True:
        message = await line.receive_output(5)
        parts.append(message["body"])
        if not message.get("more_body"):
            await line.wait()
            return start, b"".join(parts)


async def test_body_headers_and_cookies_pass(handler: Application) -> None:
    body = b"x" * 100_001
    start, answer = await ask(handler, "/echo", method="POST", body=body)
    headers = start["headers"]
    assert (start["status"], answer) == (200, body)
    assert (b"x-method", b"POST") in headers
    assert [value.split(b";")[0] for name, value in headers if name == b"set-cookie"] == [b"first=1", b"second=2"]


async def test_a_stream_is_read_in_one_thread(handler: Application) -> None:
    _start, answer = await ask(handler, "/stream")
    assert answer == b"part 0;part 1;part 2;"
    assert len(set(seen)) == 1
    assert seen[0].startswith("WSGI")


async def test_a_large_file_comes_in_pieces_and_is_closed(handler: Application) -> None:
    line = ApplicationCommunicator(handler, scope_of("/large"))
    await line.send_input({"type": "http.request", "body": b""})
    await line.receive_output(5)
    sizes = []
    while (message := await line.receive_output(5)).get("more_body"):
        sizes.append(len(message["body"]))
    await line.wait()
    assert sum(sizes) == LARGE
    assert max(sizes) < LARGE
    assert seen[0].closed


async def test_a_file_comes_whole(handler: Application) -> None:
    start, answer = await ask(handler, "/file")
    with open(__file__, "rb") as source:
        assert answer == source.read()
    assert (b"content-length", str(len(answer)).encode()) in start["headers"]


async def test_the_language_of_one_request_is_not_that_of_the_next(handler: Application) -> None:
    with translation.override("vi"):
        answers = [(await ask(handler, "/language"))[1] for _ in range(4)]
    assert answers == [b"vi"] * 4


@override_settings(DEBUG_PROPAGATE_EXCEPTIONS=False)
async def test_a_fault_is_an_answer(handler: Application) -> None:
    start, _answer = await ask(handler, "/failure")
    assert start["status"] == 500
    start, answer = await ask(handler, "/echo", method="POST", body=b"still here")
    assert (start["status"], answer) == (200, b"still here")


async def test_requests_run_side_by_side_in_the_pool_alone(handler: Application) -> None:
    together.reset()
    answers = await asyncio.gather(ask(handler, "/alone"), ask(handler, "/alone"))
    assert {answer for _start, answer in answers} == {b"WSGI_0", b"WSGI_1"}


async def test_a_request_ends_with_its_signal_in_its_thread(handler: Application) -> None:
    threads = []

    def note(**_: Any) -> None:
        threads.append(threading.current_thread().name)

    request_finished.connect(note)
    try:
        await ask(handler, "/echo")
    finally:
        request_finished.disconnect(note)
    assert len(threads) == 1
    assert threads[0].startswith("WSGI")


async def test_a_stream_reaches_the_client_while_it_is_written(handler: Application) -> None:
    line = ApplicationCommunicator(handler, scope_of("/waiting"))
    await line.send_input({"type": "http.request", "body": b""})
    await line.receive_output(5)
    assert (await line.receive_output(5))["body"] == b"first;"
    proceed.set()  # without the first part the second would never be written
    rest = b""
    while (message := await line.receive_output(5)).get("more_body"):
        rest += message["body"]
    await line.wait()
    assert rest + message["body"] == b"second;"


async def test_a_client_that_leaves_before_the_end_of_the_body_is_forgotten(handler: Application) -> None:
    line = ApplicationCommunicator(handler, scope_of("/echo", "POST"))
    await line.send_input({"type": "http.request", "body": b"half", "more_body": True})
    await line.send_input({"type": "http.disconnect"})
    await line.wait()
    assert await line.receive_nothing()
