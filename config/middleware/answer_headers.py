"""Headers that hold for every answer: what a browser may keep of it, and what the page may ask of the device."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

NO_STORE = "private, no-store"
_CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")


class PermissionsPolicyMiddleware:
    """Permissions-Policy (W3C): a page that was taken over cannot ask for the camera either."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", settings.TN_PERMISSIONS_POLICY)
        return response


class NoStoreMiddleware:
    """Nothing that a signed-in person received stays in a browser or a proxy (RFC 9111, 5.2.2.5).

    On a shared computer the button "back" then shows nothing after signing out, and a copy kept from before signing in
    is never confirmed as fresh. It goes by what the request carries, a session or a token: to ask who it is would
    cost a query on pages that do not need to know. Static files are answered before; public images are the same for
    everybody.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith(settings.MEDIA_URL):
            return self.get_response(request)
        carries = settings.SESSION_COOKIE_NAME in request.COOKIES or "Authorization" in request.headers
        if carries:
            for name in _CONDITIONS:
                request.META.pop(name, None)
        response = self.get_response(request)
        if carries or settings.SESSION_COOKIE_NAME in response.cookies:
            response.headers["Cache-Control"] = NO_STORE
            for name in ("ETag", "Last-Modified", "Expires"):
                if name in response.headers:
                    del response.headers[name]
        return response
