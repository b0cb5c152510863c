"""How often somebody who is not signed in may ask for a preview: it reads and scores a whole text."""

from django.conf import settings
from django.http import HttpRequest
from ninja.throttling import SimpleRateThrottle


class AnonymousThrottle(SimpleRateThrottle):
    """So many requests per address of a caller without a session or token; nobody else is counted."""

    scope = "anonymous_preview"

    def get_cache_key(self, request: HttpRequest) -> str | None:
        if request.user.is_authenticated:
            return None
        return self.cache_format % {"scope": self.scope, "ident": _address(request)}


def _address(request: HttpRequest) -> str:
    """The caller's address. A forwarded one counts only where our own proxy has written it."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.TN_BEHIND_PROXY else ""
    return forwarded.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR", ""))
