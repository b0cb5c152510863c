"""Every error of the HTTP interface as `application/problem+json` (RFC 9457)."""

import json
import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.core.signals import got_request_exception
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from core.errors import Invalid, OperationError
from core.routes import route_of

log = logging.getLogger(__name__)
CONTENT_TYPE = "application/problem+json"


def problem(
    request: HttpRequest,
    status: int,
    detail: str,
    *,
    code: str = "",
    errors: Mapping[str, list[str]] | None = None,
    headers: Mapping[str, str] | None = None,
    extra: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """An error answer. `detail` is for people, `code` for programs, `errors` names the fields."""
    title = HTTPStatus(status).phrase
    body: dict[str, Any] = {
        **(extra or {}),
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail,
        "code": code or title.lower().replace(" ", "_"),
        "instance": request.path,
    }
    if errors:
        body["errors"] = dict(errors)
    response = HttpResponse(json.dumps(body, ensure_ascii=False, default=str), status=status, content_type=CONTENT_TYPE)
    for name, value in (headers or {}).items():
        response[name] = value
    if status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = "Bearer"
    return response


@csrf_exempt  # or a POST to an unknown address would get an error of CSRF instead
def unknown_path(request: HttpRequest, **_kwargs: object) -> HttpResponse:
    """What lies under /api/ but is no call."""
    return problem(request, 404, _("There is no such address in this interface."), code="not_found")


def install(api: NinjaAPI) -> None:
    """Answer every error of `api` with a problem."""
    handlers: dict[type[Exception], Any] = {
        OperationError: _operation_error,
        ValidationError: _validation_error,
        Http404: _not_found,
        PermissionDenied: _permission_denied,
        RequestDataTooBig: _too_big,
        BadRequest: _unreadable,
        MultiPartParserError: _unreadable,
        SuspiciousOperation: _unreadable,
        HttpError: _http_error,
        Exception: _unexpected,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)


def _operation_error(request: HttpRequest, error: OperationError) -> HttpResponse:
    fields = error.fields if isinstance(error, Invalid) else None
    retry = error.extra.get("retry_after")
    headers = {"Retry-After": str(retry)} if retry is not None else None
    return problem(
        request, error.status, str(error.message), code=error.code, errors=fields, headers=headers, extra=error.extra
    )


def _validation_error(request: HttpRequest, error: ValidationError) -> HttpResponse:
    fields: dict[str, list[str]] = {}
    for item in error.errors:
        fields.setdefault(_field(item["loc"]), []).append(_sentence(item))
    return problem(request, 422, _("Some fields are missing or wrong."), code="invalid", errors=fields)


def _field(location: tuple[Any, ...]) -> str:
    """The name a caller knows: ("body", "payload", "title") → "title", ("query", "filters", "sector", 0) → "sector".

    The name of our function's argument is not theirs to know.
    """
    source, *parts = [str(part) for part in location]
    if source == "body":
        return ".".join(parts[1:]) or "body"
    names = [part for part in parts if not part.isdigit()]
    return names[-1] if names else source


def _sentence(item: dict[str, Any]) -> str:
    kind = str(item["type"])
    if kind == "missing":
        return _("This field is required.")
    if kind.startswith("int_"):
        return _("Enter a whole number.")
    if kind.startswith(("float_", "decimal_")):
        return _("Enter a number.")
    return str(item["msg"]).removeprefix("Value error, ")


def _not_found(request: HttpRequest, _error: Http404) -> HttpResponse:
    return problem(request, 404, _("This does not exist, or you do not have permission to see it."), code="not_found")


def _permission_denied(request: HttpRequest, _error: PermissionDenied) -> HttpResponse:
    return problem(request, 403, _("You do not have permission to do this."), code="not_allowed")


def _too_big(request: HttpRequest, _error: RequestDataTooBig) -> HttpResponse:
    return problem(request, 413, _("The request is too large."), code="too_large")


def _unreadable(request: HttpRequest, _error: Exception) -> HttpResponse:
    return problem(request, 400, _("The request cannot be read."), code="unreadable")


def _http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    if isinstance(error.__cause__, ValidationError):  # from config.parsing, wrapped by ninja
        return _validation_error(request, error.__cause__)
    if error.status_code == HTTPStatus.BAD_REQUEST:
        return problem(request, 400, _("The body cannot be read: expected JSON in UTF-8."), code="unreadable")
    return problem(request, error.status_code, error.message)


def _unexpected(request: HttpRequest, error: Exception) -> HttpResponse:
    log.error("Unexpected error in %s %s", request.method, route_of(request), exc_info=error)
    got_request_exception.send(sender=None, request=request)  # what Django does for pages: tests and monitors listen
    return problem(request, 500, _("Something went wrong on our side. It was recorded."), code="internal")
