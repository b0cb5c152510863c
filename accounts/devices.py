"""Devices on which a person has signed in before: a signed cookie, bound to the account and to its password.

Strangers who guess an account's password never slow down its own devices (accounts.sign_in_guard). The cookie is no
sign-in: it only says that this browser has known the password. OWASP describes the idea as "device cookies".
"""

import secrets
from collections.abc import Callable

from django.conf import settings
from django.core import signing
from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.models import User

COOKIE = "tn_device"
SIGNED_IN_BY = "trong_ngay.signed_in_by"  # in META, as PEP 3333 lets applications add: who has just proved who they are
_SALT = "accounts.devices"
_MOST_ACCOUNTS = 5  # a computer at a counter
_AGE = 365 * 24 * 3600  # seconds

Entry = tuple[int, str, str]  # account, random name of the device, mark of the password


class KnownDeviceMiddleware:
    """Remembers the device on the answer to a request in which its person proved who they are (accounts.signals)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        user = request.META.get(SIGNED_IN_BY)
        if user is not None:
            _remember(request, response, user)
        return response


def device_name(request: HttpRequest, email: str) -> str:
    """The name of this device if the account has signed in on it with its present password, else nothing.

    One query, only where there is a cookie of ours.
    """
    entries = {pk: (name, mark) for pk, name, mark in _entries(request)}
    if not entries:
        return ""
    by_address = Q(email__iexact=email) | Q(emailaddress__email__iexact=email, emailaddress__verified=True)
    for user in User.objects.filter(by_address, pk__in=entries).distinct():
        name, mark = entries[user.pk]
        if constant_time_compare(mark, _mark(user)):
            return name
    return ""


def _remember(request: HttpRequest, response: HttpResponseBase, user: User) -> None:
    entries = _entries(request)
    name = next((name for pk, name, mark in entries if pk == user.pk and mark == _mark(user)), secrets.token_hex(8))
    kept = [entry for entry in entries if entry[0] != user.pk][: _MOST_ACCOUNTS - 1]
    response.set_cookie(
        COOKIE,
        signing.dumps([(user.pk, name, _mark(user)), *kept], salt=_SALT),
        max_age=_AGE,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def _entries(request: HttpRequest) -> list[Entry]:
    """What the cookie says; nothing where it is missing, too old or not ours."""
    try:
        found = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=_AGE)
    except signing.BadSignature:
        return []
    return [(int(pk), str(name), str(mark)) for pk, name, mark in found]


def _mark(user: User) -> str:
    """Changes with the password, and says nothing about it."""
    return salted_hmac(_SALT, user.get_session_auth_hash()).hexdigest()[:32]
