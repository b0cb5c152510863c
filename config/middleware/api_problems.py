"""Errors under /api/ that never reach a call (405, 413, a broken body …) are problems too."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from config.problems import CONTENT_TYPE, problem

_DETAILS = {
    400: _("The request cannot be read."),
    403: _("You do not have permission to do this."),
    404: _("There is no such address in this interface."),
    405: _("This address does not support that method."),
    413: _("The request is too large."),
    500: _("Something went wrong on our side. It was recorded."),
}


class ApiProblemsMiddleware:
    """Rewrites any other error under /api/ as `application/problem+json`, keeping its headers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not request.path.startswith("/api/") or response.status_code < HTTPStatus.BAD_REQUEST:
            return response
        if response.get("Content-Type", "").startswith(CONTENT_TYPE):
            return response
        headers = {name: response[name] for name in ("Allow", "Retry-After") if name in response}
        detail = str(_DETAILS.get(response.status_code, response.reason_phrase))
        return problem(request, response.status_code, detail, headers=headers)
