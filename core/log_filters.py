"""Takes addresses out of log lines that other people's code writes: Django's errors, and the servers' access logs."""

import logging
import re
from typing import Any

from django.http import HttpRequest

from core.routes import route_of, route_of_path

_OF_OTHERS = ("django.request", "django.security", "django.server", "uvicorn")
_REQUEST_LINE = re.compile(r"^([A-Z]{1,20}) (\S+)( HTTP/[\d.]+)?$")


class RouteFilter(logging.Filter):
    """Writes the pattern of an address where a record carries the address itself."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple) and record.args and record.name.startswith(_OF_OTHERS):
            request = getattr(record, "request", None)
            record.args = tuple(_without_address(value, request) for value in record.args)
        return True


def _without_address(value: Any, request: Any) -> Any:
    if not isinstance(value, str):
        return value
    if isinstance(request, HttpRequest) and value in (request.path, request.path_info, request.get_full_path()):
        return route_of(request)
    line = _REQUEST_LINE.match(value)
    if line is not None:  # `"%s" 200 15` of a development server
        return f"{line[1]} {route_of_path(line[2])}{line[3] or ''}"
    return route_of_path(value) if value.startswith("/") else value
