"""Proxy headers count from configured proxies alone, for pages and for sockets."""

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from config.middleware.proxy_headers import ProxyHeadersMiddleware, ProxyHeadersOfSockets

SAID = {
    "X-Forwarded-For": "203.0.113.9",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "localhost",
    "X-Real-IP": "1.2.3.4",
    "Forwarded": "for=1.2.3.4",
}


def seen(headers: dict[str, str], **extra: str) -> HttpRequest:
    kept: list[HttpRequest] = []

    def view(request: HttpRequest) -> HttpResponse:
        kept.append(request)
        return HttpResponse()

    ProxyHeadersMiddleware(view)(RequestFactory().get("/", headers=headers, **extra))
    return kept[0]


def test_a_proxy_of_ours_is_believed(settings: Any) -> None:
    settings.TN_TRUSTED_PROXIES = ["127.0.0.1/32"]
    request = seen(SAID)
    assert (request.META["REMOTE_ADDR"], request.scheme, request.get_host()) == ("203.0.113.9", "https", "localhost")
    assert not {"X-Forwarded-For", "X-Real-IP", "Forwarded"} & set(request.headers)


@pytest.mark.parametrize("proxies", [[], ["10.0.0.0/8"]])
def test_anybody_else_is_not(settings: Any, proxies: list[str]) -> None:
    settings.TN_TRUSTED_PROXIES = proxies
    request = seen(SAID)
    assert (request.META["REMOTE_ADDR"], request.scheme, request.get_host()) == ("127.0.0.1", "http", "testserver")
    assert not set(SAID) & set(request.headers)


@pytest.mark.django_db
@pytest.mark.parametrize("value", ["", ",", "\x00", "a" * 8_000, "evil.example", "https,,http", "é"])
def test_malformed_headers_are_never_an_error(client: Any, settings: Any, value: str) -> None:
    settings.TN_TRUSTED_PROXIES = ["127.0.0.1/32"]
    for name in SAID:
        assert client.get("/vi/account/login/", headers={**SAID, name: value}).status_code in (200, 400)


@pytest.mark.parametrize(
    ("proxies", "expected"),
    [
        (["127.0.0.1"], ("203.0.113.9", "wss", b"localhost")),
        ([], ("127.0.0.1", "ws", b"testserver")),
    ],
)
async def test_a_socket_is_seen_the_same_way(settings: Any, proxies: list[str], expected: tuple[Any, ...]) -> None:
    settings.TN_TRUSTED_PROXIES = proxies
    kept: dict[str, Any] = {}

    async def inner(scope: dict[str, Any], _receive: Any, _send: Any) -> None:
        kept.update(scope)

    headers = [(name.lower().encode(), value.encode()) for name, value in SAID.items()]
    scope = {
        "type": "websocket", "scheme": "ws", "client": ("127.0.0.1", 5), "headers": [(b"host", b"testserver"), *headers]
    }  # fmt: skip
    await ProxyHeadersOfSockets(inner)(scope, None, None)
    assert (kept["client"][0], kept["scheme"], dict(kept["headers"])[b"host"]) == expected
    assert b"x-forwarded-for" not in dict(kept["headers"])
