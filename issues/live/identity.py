"""Who sits behind a socket. A socket lives for hours: what it proved at the start is read again with every batch."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http.cookies import CookieError
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.http import parse_cookie
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts import people
from accounts.auth import bearer_secret, user_of_token
from accounts.models import ApiToken
from accounts.models.token import digest
from accounts.people import NOBODY, Person

_SESSION = "session"
_TOKEN = "token"  # noqa: S105 - a kind of identity
_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}


@dataclass(frozen=True)
class Identity:
    """What a socket showed: a session's key, a token's digest, or nothing."""

    kind: str = ""
    key: str = ""


ANONYMOUS = Identity()


class BadToken(Exception):
    """An `Authorization` header without a valid token; such a caller is refused, not treated as anonymous."""


def identify(headers: Iterable[tuple[bytes, bytes]]) -> Identity:
    """The identity a handshake claims. Queries only for a bearer token, whose use is noted.

    The session cookie counts from pages of this site alone: another site's page may open a socket to us and the
    browser would send the cookie along. A client without an `Origin` header is no browser.
    Raises BadToken.
    """
    found = {name.decode("latin1").lower(): value.decode("latin1") for name, value in headers}
    if authorization := found.get("authorization"):
        secret = bearer_secret(authorization)
        if not secret or user_of_token(secret) is None:
            raise BadToken
        return Identity(_TOKEN, digest(secret))
    key = _cookie(found.get("cookie", ""))
    if key and same_origin(found.get("origin"), found.get("host", "")):
        return Identity(_SESSION, key)
    return ANONYMOUS


def same_origin(origin: str | None, host: str) -> bool:
    """Whether a page of `origin` belongs to the site that was called as `host`."""
    if origin is None or origin in settings.CSRF_TRUSTED_ORIGINS:
        return True
    try:
        page = urlsplit(origin)
        called = urlsplit(f"{page.scheme}://{host}")
        default = _PORTS.get(page.scheme)
        return bool(page.hostname) and (page.hostname, page.port or default) == (
            called.hostname,
            called.port or default,
        )
    except ValueError:
        return False


def people_of(identities: Iterable[Identity]) -> dict[Identity, Person]:
    """The people behind the identities as they are now, in at most four queries.

    Left out: ended sessions, changed passwords, revoked tokens, inactive people.
    """
    wanted = set(identities)
    sessions = _session_data({one.key for one in wanted if one.kind == _SESSION})
    tokens = _token_users({one.key for one in wanted if one.kind == _TOKEN})
    user_ids = {pk for pk in (_user_id(data) for data in sessions.values()) if pk is not None} | set(tokens.values())
    known = people.of_ids(user_ids) if user_ids else {}
    result: dict[Identity, Person] = {ANONYMOUS: NOBODY} if ANONYMOUS in wanted else {}
    for one in wanted - {ANONYMOUS}:
        person = (
            _by_session(sessions.get(one.key, {}), known) if one.kind == _SESSION else known.get(tokens.get(one.key, 0))
        )
        if person is not None:
            result[one] = person
    return result


def _cookie(header: str) -> str | None:
    try:
        return parse_cookie(header).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return None


def _session_data(keys: set[str]) -> dict[str, Mapping[str, Any]]:
    if not keys:
        return {}
    store = SessionStore()
    rows = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
    return {key: store.decode(data) for key, data in rows.values_list("session_key", "session_data")}


def _token_users(digests: set[str]) -> dict[str, int]:
    if not digests:
        return {}
    valid = ApiToken.objects.filter(digest__in=digests, revoked_at=None)
    return dict(valid.order_by().values_list("digest", "user_id"))


def _user_id(session: Mapping[str, Any]) -> int | None:
    try:
        return int(session[SESSION_KEY])
    except (KeyError, ValueError):
        return None


def _by_session(session: Mapping[str, Any], known: Mapping[int, Person]) -> Person | None:
    """The person of a session, unless the password was changed since."""
    person = known.get(_user_id(session) or 0)
    if person is None:
        return None
    shown = session.get(HASH_SESSION_KEY, "")
    valid = [person.user.get_session_auth_hash(), *person.user.get_session_auth_fallback_hash()]
    return person if any(constant_time_compare(shown, one) for one in valid) else None
