"""Pages for those who work for the city."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from accounts import people

View = Callable[..., HttpResponse]


def staff_side(view: View) -> View:
    """Anonymous visitors are asked to sign in first; everybody else without a role at the city gets the 403 page."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        person = people.of(request.user)
        if not person.is_signed_in:
            return redirect_to_login(request.get_full_path())
        if not person.is_staff_side:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return checked


def hours_of(request: HttpRequest) -> str:
    """The time format of the reader: "24" or "12"."""
    return getattr(request.user, "time_format", None) or "24"
