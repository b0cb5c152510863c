"""How often somebody who is not signed in may ask for a preview: it reads and scores a whole text."""

from django.http import HttpRequest
from ninja.throttling import SimpleRateThrottle

from core.addresses import caller_address


class AnonymousThrottle(SimpleRateThrottle):
    """So many requests per address of a caller without a session or token; nobody else is counted."""

    scope = "anonymous_preview"

    def get_cache_key(self, request: HttpRequest) -> str | None:
        if request.user.is_authenticated:
            return None
        return self.cache_format % {"scope": self.scope, "ident": caller_address(request)}
