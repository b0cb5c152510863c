"""The error pages. They need no database and no session, either of which may be the cause."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template import loader
from django.utils import translation

from core.errors import OperationError

_WAIT = 60  # seconds, where nobody says how long
_LANGUAGES = [code for code, _name in settings.LANGUAGES]


def _language(request: HttpRequest) -> str:
    """The language of the path, else what the browser asks for."""
    first = request.path_info.lstrip("/").partition("/")[0]
    return first if first in _LANGUAGES else translation.get_language_from_request(request)


def error_page(request: HttpRequest, status: int, *, template: str | None = None, **context: Any) -> HttpResponse:
    """Render templates/<status>.html without context processors, in the language of the request."""
    language = _language(request)
    with translation.override(language):
        content = loader.render_to_string(
            template or f"{status}.html",
            {
                "status": status,
                "language": language,
                "other_language": "en" if language == "vi" else "vi",
                "request_path": request.path,
                **context,
            },
        )
    response = HttpResponse(content, status=status)
    response.headers["Content-Language"] = language
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    is_home = request.path == f"/{_language(request)}/"
    return error_page(request, 404, template="404_home.html" if is_home else None)


def too_large(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """For requests larger than the upload limit."""
    return error_page(request, 413, max_mb=settings.MAX_UPLOAD_BYTES // (1024 * 1024))


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Says how long to wait, and gives back what was typed, to send it again. django-allauth passes no exception."""
    error = exception if isinstance(exception, OperationError) else None
    typed = [(name, value) for name in request.POST if not _is_secret(name) for value in request.POST.getlist(name)]
    response = error_page(
        request,
        HTTPStatus.TOO_MANY_REQUESTS,
        template="429_part.html" if "HX-Request" in request.headers else None,
        message=error.message if error else "",
        typed=typed,
        more=bool(request.FILES) or any("password" in name for name in request.POST),
        again=request.get_full_path(),
        csrf_token=get_token(request) if typed else "",
    )
    response.headers["Retry-After"] = str(error.extra.get("retry_after", _WAIT) if error else _WAIT)
    return response


def _is_secret(name: str) -> bool:
    return name == "csrfmiddlewaretoken" or "password" in name


def server_error(request: HttpRequest) -> HttpResponse:
    return error_page(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW: most often a form that was open longer than the session."""
    return error_page(request, 403, template="403_csrf.html")
