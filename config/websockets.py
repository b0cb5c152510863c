"""Who is on the other side of a WebSocket: the session of the same site, or a bearer token."""

from typing import Any
from urllib.parse import urlsplit

from channels.auth import AuthMiddlewareStack
from channels.db import database_sync_to_async
from channels.security.websocket import WebsocketDenier
from django.contrib.auth.models import AnonymousUser

from accounts.auth import bearer_secret, user_of_token

Scope = dict[str, Any]


class SignIn:
    """Sets `scope["user"]`. A page of another site is refused: browsers send our cookie with its socket too.

    A program that sends no Origin may use the cookie (no browser leaves Origin out) or a token. A wrong token makes
    the caller anonymous, and the consumer closes with 4401.
    """

    def __init__(self, consumer: Any) -> None:
        self.by_session = AuthMiddlewareStack(consumer)
        self.consumer = consumer

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> Any:
        headers = {name.lower(): value.decode("latin-1") for name, value in scope.get("headers", [])}
        if not _same_site(headers.get(b"origin"), headers.get(b"host", "")):
            return await WebsocketDenier()(scope, receive, send)
        if b"authorization" not in headers:
            return await self.by_session(scope, receive, send)
        secret = bearer_secret(headers[b"authorization"])
        user = await database_sync_to_async(user_of_token)(secret) if secret else None
        return await self.consumer({**scope, "user": user or AnonymousUser()}, receive, send)


def _same_site(origin: str | None, host: str) -> bool:
    return origin is None or urlsplit(origin).netloc.lower() == host.lower()
