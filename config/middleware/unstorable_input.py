"""NUL characters end here: PostgreSQL refuses them, and no person types one."""

from collections.abc import Callable
from urllib.parse import unquote

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase, QueryDict

_NUL = "\x00"
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class UnstorableInputMiddleware:
    """Answers 400 to a NUL in the path, the query or a cookie; takes it out of a form."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        query = request.META.get("QUERY_STRING", "")
        cookies = any(_NUL in value for value in request.COOKIES.values())
        if cookies or _NUL in request.path or _NUL in unquote(query):
            raise BadRequest("a NUL character in the address or in a cookie")
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> None:
        # Only once the view is known, so that a body is not parsed for an address that does not exist. The HTTP
        # interface checks its own bodies (config.parsing), where the answer can name the field.
        if request.content_type in _FORMS and not request.path.startswith("/api/") and _has_nul(request.POST):
            request.POST = _without_nul(request.POST)  # type: ignore[assignment]


def _has_nul(form: QueryDict) -> bool:
    return any(_NUL in key or any(_NUL in value for value in values) for key, values in form.lists())


def _without_nul(form: QueryDict) -> QueryDict:
    """The same form without the characters, so that the rest of the text is not refused."""
    cleaned = QueryDict(mutable=True)
    for key, values in form.lists():
        cleaned.setlist(key.replace(_NUL, ""), [value.replace(_NUL, "") for value in values])
    cleaned._mutable = False
    return cleaned
