"""Where a request comes from."""

from django.conf import settings
from django.http import HttpRequest


def caller_address(request: HttpRequest) -> str:
    """The caller's address. A forwarded one counts only where our own proxy has written it."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.TN_BEHIND_PROXY else ""
    return forwarded.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR", ""))
