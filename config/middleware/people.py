"""Who sits behind a session."""

from typing import Any

from django.contrib import auth
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject


class PeopleMiddleware(AuthenticationMiddleware):
    """Django's, and a session of somebody who may not sign in any more is nobody's. Read when a view asks."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        person: Any = SimpleLazyObject(lambda: _person(request))
        request.user = person


def _person(request: HttpRequest) -> Any:
    user: Any = auth.get_user(request)
    return user if not user.is_authenticated or user.may_sign_in else AnonymousUser()
