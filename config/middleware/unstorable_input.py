"""What no page and no call should have to read ends here: NUL, addresses without end, letters with endless marks.

PostgreSQL refuses NUL, and no person types one. Marks beyond `core.text.MOST_MARKS` on one letter make every library
that normalises text slow (Django, Wagtail and allauth do it in many places); dropping them here protects all of them.
"""

from collections.abc import Callable
from urllib.parse import unquote

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase, QueryDict

from core.text import stream_safe

MOST_PATH = 2_000  # characters, decoded
MOST_QUERY = 8_000  # characters as sent: about what servers in front of us let pass, too
_NUL = "\x00"
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class UnstorableInputMiddleware:
    """Answers 400 to a NUL in the path, the query or a cookie and to an address too long; cleans forms."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        query = request.META.get("QUERY_STRING", "")
        if len(request.path) > MOST_PATH or len(query) > MOST_QUERY:
            raise BadRequest("an address that is too long")
        cookies = any(_NUL in value for value in request.COOKIES.values())
        if cookies or _NUL in request.path or _NUL in unquote(query):
            raise BadRequest("a NUL character in the address or in a cookie")
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> None:
        # Only once the view is known, so that a body is not parsed for an address that does not exist. The HTTP
        # interface checks its own bodies (config.parsing), where the answer can name the field.
        if request.content_type in _FORMS and not request.path.startswith("/api/"):
            request.POST = _harmless(request.POST)  # type: ignore[assignment]


def _harmless(form: QueryDict) -> QueryDict:
    """The same form without NUL and endless marks, so that the rest of the text is not refused."""
    if all(_cleaned(key) == key and all(_cleaned(value) == value for value in values) for key, values in form.lists()):
        return form
    cleaned = QueryDict(mutable=True)
    for key, values in form.lists():
        cleaned.setlist(_cleaned(key), [_cleaned(value) for value in values])
    cleaned._mutable = False
    return cleaned


def _cleaned(text: str) -> str:
    return stream_safe(text.replace(_NUL, ""))
