"""Who calls the HTTP interface: a signed-in session with a CSRF token, or a bearer token.

`RequiredAuth` answers 401 to anonymous callers, `OptionalAuth` lets them in as AnonymousUser. A token that is wrong,
revoked or belongs to an inactive person is refused by both: to treat the caller as anonymous would hide the mistake.
"""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _
from ninja.security.base import AuthBase
from ninja.utils import check_csrf

from accounts.models import ApiToken
from accounts.models.token import digest
from core import clock, limits
from core.errors import NotAllowed, NotSignedIn
from core.security_log import security_event

_SAFE = ("GET", "HEAD", "OPTIONS")
LAST_USED_PRECISION = timedelta(minutes=1)


def bearer_secret(header: str) -> str | None:
    """The secret in an `Authorization` header, or None where it is none of ours to read."""
    scheme, _space, secret = header.strip().partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else None


def user_of_token(secret: str) -> Any:
    """The active person a token belongs to, or None. Notes the use at most once a minute."""
    valid = ApiToken.objects.filter(digest=digest(secret), revoked_at=None, user__is_active=True)
    token = valid.select_related("user").first()
    if token is None or not token.user.may_sign_in:
        return None
    now = clock.now()
    if token.last_used_at is None or now - token.last_used_at >= LAST_USED_PRECISION:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
    return token.user


def _speak_language_of(request: HttpRequest) -> None:
    """Answer in the person's own language unless the request asks for one."""
    asked = "Accept-Language" in request.headers or settings.LANGUAGE_COOKIE_NAME in request.COOKIES
    if request.user.is_authenticated and not asked:
        translation.activate(request.user.language)


class OptionalAuth(AuthBase):
    """For public calls: the person if there is one, AnonymousUser otherwise. Sets `request.user`."""

    openapi_type = "http"
    openapi_scheme = "bearer"
    csrf = True  # the documentation page then sends the CSRF token with a session

    def __call__(self, request: HttpRequest) -> Any:
        header = request.headers.get("Authorization")
        if header:
            request.user = self._by_token(header)
        elif request.user.is_authenticated:
            self._check_csrf(request)
        _speak_language_of(request)
        if request.user.is_authenticated and request.method not in _SAFE:
            limits.spend("write.person", str(request.user.pk))
        return self._accepted(request)

    def _accepted(self, request: HttpRequest) -> Any:
        return request.user if request.user.is_authenticated else AnonymousUser()

    @staticmethod
    def _by_token(header: str) -> Any:
        secret = bearer_secret(header)
        user = user_of_token(secret) if secret else None
        if user is None:
            security_event("token_refused")
            raise NotSignedIn(_("The token is not valid: it may have been revoked."), code="token_invalid")
        return user

    @staticmethod
    def _check_csrf(request: HttpRequest) -> None:
        if check_csrf(request) is not None:
            raise NotAllowed(_("The CSRF token is missing or wrong."), code="csrf_failed")


class RequiredAuth(OptionalAuth):
    """For calls that need a person: 401 to anybody else. The default of every call."""

    def _accepted(self, request: HttpRequest) -> Any:
        if not request.user.is_authenticated:
            raise NotSignedIn(_("Sign in, or send a token."))
        return request.user
