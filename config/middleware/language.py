"""The language of a page is in its path; other addresses have no language in their path."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils.translation import get_language, get_language_from_path

# Below these a missing address is an answer (404). Elsewhere it leads to the page in a language.
_WITHOUT_LANGUAGE = (
    "/api/",
    "/admin/",
    "/documents/",
    "/media/",
    "/static/",
    "/healthz",
    "/readyz",
    "/metrics",
    "/ws/",
    "/csp-reports/",
    "/.well-known/",
)


class LanguageMiddleware(LocaleMiddleware):
    """Django's, with a cookie that holds the language read last: `/` leads back to it."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path_info.startswith(_WITHOUT_LANGUAGE):
            response.headers.setdefault("Content-Language", get_language() or settings.LANGUAGE_CODE)
            return response
        response = super().process_response(request, response)
        self._remember(request, response)
        return response

    @staticmethod
    def _remember(request: HttpRequest, response: HttpResponseBase) -> None:
        language = get_language_from_path(request.path_info)
        if not language or request.method != "GET" or response.status_code != 200:
            return
        if request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) != language:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                language,
                max_age=settings.LANGUAGE_COOKIE_AGE,
                secure=settings.LANGUAGE_COOKIE_SECURE,
                samesite=settings.LANGUAGE_COOKIE_SAMESITE,
            )
