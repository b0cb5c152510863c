"""What the pages of operators share: who may open them, and what was ticked."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from wagtail.admin.menu import MenuItem

from issues.actions.outgoing import may_operate
from issues.actor import Actor

View = Callable[..., HttpResponseBase]


def for_operators(view: View) -> View:
    """Wagtail lets everyone who may open the administration in; these pages are for operators alone."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_operate(Actor.of(request.user)):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return checked


def ticked(request: HttpRequest) -> list[int]:
    """The ids of the rows that were ticked; anything that is no id is left out."""
    given = request.POST.getlist("row")
    return [int(pk) for pk in given if pk.isdecimal() and pk.isascii() and len(pk) < 19]


class OperatorsMenuItem(MenuItem):
    """An entry that only operators see."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_operate(Actor.of(request.user))
