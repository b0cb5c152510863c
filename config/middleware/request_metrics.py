"""Counts and times requests by view."""

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from core.metrics import LATENCY, REQUESTS


class RequestMetricsMiddleware:
    """The label is the view's name, never the path: paths are without number."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        started = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        view = (match.view_name or match.route or "unnamed") if match else "unknown"
        REQUESTS.labels(view, request.method or "", str(response.status_code)).inc()
        LATENCY.labels(view).observe(time.perf_counter() - started)
        return response
