"""Proxy headers are believed from configured proxies alone. First of all middlewares: the others read the result."""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from core.addresses import PROXY_HEADERS, caller_of, scope_headers

_KEYS = {f"HTTP_{name.upper().replace('-', '_')}": name for name in PROXY_HEADERS}
_KEPT = ("x-request-id",)  # from a proxy; the rest has been read here
_SCHEMES = {"http": "ws", "https": "wss"}


class ProxyHeadersMiddleware:
    """Puts the caller's address, scheme and host where Django looks for them, and takes the headers off.

    `SECURE_PROXY_SSL_HEADER` therefore finds X-Forwarded-Proto only where a proxy of ours has said it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        meta = request.META
        said = {name: str(meta.pop(key)) for key, name in _KEYS.items() if key in meta}
        caller = caller_of(str(meta.get("REMOTE_ADDR", "")), said)
        meta["REMOTE_ADDR"] = caller.address
        if caller.by_proxy:
            for name in _KEPT:
                if name in said:
                    meta[f"HTTP_{name.upper().replace('-', '_')}"] = said[name]
            if caller.scheme:
                meta["HTTP_X_FORWARDED_PROTO"] = caller.scheme
            if caller.host:
                meta["HTTP_HOST"] = caller.host
        return self.get_response(request)


class ProxyHeadersOfSockets:
    """The same for the ASGI scope of a WebSocket."""

    def __init__(self, application: Callable[..., Any]) -> None:
        self.application = application

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        peer, *port = scope.get("client") or ("", 0)
        caller = caller_of(str(peer), scope_headers(scope))
        headers = _without(scope.get("headers", []), PROXY_HEADERS)
        if caller.host:
            headers = [*_without(headers, {"host"}), (b"host", caller.host.encode("latin1"))]
        changed = {**scope, "headers": headers, "client": (caller.address, *port)}
        if caller.scheme:
            changed["scheme"] = _SCHEMES[caller.scheme]
        await self.application(changed, receive, send)


def _without(headers: Iterable[tuple[bytes, bytes]], names: Iterable[str]) -> list[tuple[bytes, bytes]]:
    return [(name, value) for name, value in headers if name.decode("latin1").lower() not in names]
