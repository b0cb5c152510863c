"""Pages and documents that Wagtail protects by a password: how often one may be tried."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponseBase

from core import limits

View = Callable[..., HttpResponseBase]


def limited(view: View) -> View:
    """Wagtail's view, with the attempts of each address counted. Raises TooMany."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.method == "POST":
            limits.spend("page_password.address", limits.caller_key(request))
        return view(request, *args, **kwargs)

    return answer
