"""Limits of pages: how often somebody may write, and how a refusal is shown."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponseBase, JsonResponse

from core import views
from core.errors import TooMany
from core.limits import RETRY_AFTER, say_when, spend_by_caller

_SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")


class LimitsMiddleware:
    """Counts what pages send; answers TooMany with 429, a sentence, `Retry-After` and everything that was typed.

    The HTTP interface counts in accounts.auth, where it is known whose token came.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        seconds = request.META.get(RETRY_AFTER)  # accounts.sign_in_guard, whose sentence stands in the form
        if response.status_code == HTTPStatus.OK and seconds is not None:
            response.status_code = HTTPStatus.TOO_MANY_REQUESTS
            response["Retry-After"] = str(seconds)
        return response

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponseBase | None:
        if request.method in _SAFE or request.path.startswith("/api/"):
            return None
        try:
            spend_by_caller(request, "write")
        except TooMany as error:
            return _answer(request, error)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        return _answer(request, exception) if isinstance(exception, TooMany) else None


def _answer(request: HttpRequest, error: TooMany) -> HttpResponseBase:
    if request.headers.get("Accept", "").startswith("application/json"):  # a script that keeps what is being typed
        return say_when(JsonResponse({"problem": error.message}, status=error.status), error)
    return views.too_many(request, error)
