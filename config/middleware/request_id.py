"""Every request has a name that its log lines and its answer carry."""

import logging
import re
import secrets
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from core.request_id import current_request_id
from core.routes import route_of
from core.security_log import current_request

log = logging.getLogger("trong_ngay.requests")
_ACCEPTED = re.compile(r"[A-Za-z0-9_-]{8,64}")
_QUIET_PATHS = ("/healthz", "/readyz", "/metrics", "/static/")


class RequestIdMiddleware:
    """Takes the proxy's X-Request-ID or makes one, answers it, and logs each request in one line."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get("X-Request-ID", "")  # only a proxy of ours can have sent it
        request_id = given if _ACCEPTED.fullmatch(given) else secrets.token_hex(8)
        token, served = current_request_id.set(request_id), current_request.set(request)
        started = time.monotonic()
        try:
            response = self.get_response(request)
            if not request.path.startswith(_QUIET_PATHS):
                spent = (time.monotonic() - started) * 1000
                # The pattern of the address: the address itself may have a code or a token in it.
                log.info("%s %s %s %.0f ms", request.method, route_of(request), response.status_code, spent)
        finally:
            current_request.reset(served)
            current_request_id.reset(token)
        response["X-Request-ID"] = request_id
        return response
