"""WebSocket handshakes pass no middleware of Django: what it checks of a request is checked here."""

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from channels.security.websocket import WebsocketDenier
from django.conf import settings
from django.http.request import split_domain_port, validate_host

Application = Callable[[Any, Any, Any], Awaitable[None]]


def known_hosts(application: Application) -> Application:
    """Refuse (403) a handshake to a host that is not ours, or from a page of another site.

    A client without an `Origin` is no browser. Whose session counts is a narrower question (issues.live.identity).
    """
    refuse = WebsocketDenier.as_asgi()

    async def call(scope: Any, receive: Any, send: Any) -> None:
        named = {name: [v.decode("latin1") for n, v in scope["headers"] if n == name] for name in (b"host", b"origin")}
        hosts, origins = named[b"host"], named[b"origin"]
        ours = len(hosts) == 1 and _is_ours(hosts[0]) and all(_may_come_from(origin) for origin in origins)
        await (application if ours else refuse)(scope, receive, send)

    return call


def _is_ours(host: str) -> bool:
    domain, _port = split_domain_port(host)
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)


def _may_come_from(origin: str) -> bool:
    if origin in settings.CSRF_TRUSTED_ORIGINS:
        return True
    try:
        page = urlsplit(origin)
        return page.scheme in ("http", "https") and _is_ours(page.netloc)
    except ValueError:
        return False
