"""The HTML part of a mail in a frame of a page: it may run nothing and load nothing, whatever it contains."""

from collections.abc import Callable
from typing import Any

from csp.decorators import csp_replace
from django.views.decorators.clickjacking import xframe_options_sameorigin

SANDBOX = ("allow-popups", "allow-popups-to-escape-sandbox", "allow-top-navigation-by-user-activation")
_POLICY = {
    "default-src": ["'none'"],
    "script-src": ["'none'"],
    "style-src": ["'unsafe-inline'"],
    "style-src-attr": ["'unsafe-inline'"],
    "frame-ancestors": ["'self'"],
    "sandbox": list(SANDBOX),
}


def mail_frame(view: Callable[..., Any]) -> Callable[..., Any]:
    """For a view that answers with the HTML of a mail."""
    framed: Callable[..., Any] = xframe_options_sameorigin(csp_replace(_POLICY)(view))
    return framed
