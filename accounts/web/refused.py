"""Signing in where somebody is signed in already, but not as one who may open what they asked for.

Wagtail sends those it refuses to the sign-in page, which sends people who are signed in back where they came from,
without end. Here they read why, and how to go on.
"""

from typing import Any
from urllib.parse import urlencode

from allauth.account.views import LoginView
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from core.views import error_page

_ACCESS = "wagtailadmin.access_admin"


class SignIn(LoginView):
    """django-allauth's, except for people whom the administration has just refused."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        wanted = _wanted(request)
        wants_administration = wanted.startswith(reverse("wagtailadmin_home"))
        if wants_administration and request.user.is_authenticated and not request.user.has_perm(_ACCESS):
            return refused(request, wanted)
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer


def other_sign_in(request: HttpRequest) -> HttpResponseBase:
    """In place of Wagtail's own sign-in pages, which know neither our look nor the limit on attempts.

    Somebody who is signed in and comes here was refused a page or a document of editors.
    """
    administration = reverse("wagtailadmin_home")
    wanted = _wanted(request) or (administration if request.path.startswith(administration) else "")
    if not wanted or wanted.startswith(administration) or not request.user.is_authenticated:
        return redirect(_with_next("account_login", wanted))
    return refused(request, wanted)


def refused(request: HttpRequest, wanted: str) -> HttpResponseBase:
    """The page that says so (403), with the way to another account and back to `wanted`."""
    another = _with_next("account_logout", _with_next("account_login", wanted))
    return error_page(request, 403, template="403_account.html", email=request.user.email, another=another)  # type: ignore[union-attr]


def _wanted(request: HttpRequest) -> str:
    """Where they wanted to go; empty for an address that is not ours."""
    wanted = request.GET.get("next", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else ""


def _with_next(name: str, address: str) -> str:
    return f"{reverse(name)}?{urlencode({'next': address})}" if address else reverse(name)
