"""Log lines of Django and of the servers have patterns in place of addresses."""

import logging
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.log import log_response

from core.log_filters import RouteFilter

pytestmark = pytest.mark.django_db
SECRET = "x7Qk29LmZ81"
PATH = f"/vi/follow/KN-2026-0001/{SECRET}/"


def written(name: str, message: str, *args: Any, **extra: Any) -> str:
    record = logging.LogRecord(name, logging.INFO, __file__, 1, message, args, None)
    record.__dict__.update(extra)
    assert RouteFilter().filter(record)
    return record.getMessage()


def test_the_access_log_of_uvicorn() -> None:
    line = written("uvicorn.access", '%s - "%s %s HTTP/%s" %d', "1.2.3.4:5", "GET", f"{PATH}?a={SECRET}", "1.1", 200)
    assert line == '1.2.3.4:5 - "GET /vi/follow/<code>/<key>/ HTTP/1.1" 200'


def test_sockets_of_uvicorn() -> None:
    assert SECRET not in written("uvicorn.error", '%s - "WebSocket %s" [accepted]', "1.2.3.4:5", f"/ws/x/?k={SECRET}")


def test_the_development_server() -> None:
    line = written("django.server", '"%s" %s %s', f"GET {PATH} HTTP/1.1", "200", "15")
    assert line == '"GET /vi/follow/<code>/<key>/ HTTP/1.1" 200 15'


def test_errors_of_django(caplog: pytest.LogCaptureFixture) -> None:
    request = RequestFactory().get(PATH)
    caplog.handler.addFilter(RouteFilter())
    log_response("%s: %s", "Internal Server Error", request.path, request=request, response=HttpResponse(status=500))
    assert caplog.messages == ["Internal Server Error: /vi/follow/<code>/<key>/"]


def test_other_loggers_are_left_alone() -> None:
    assert written("issues.files", "the file %s is gone", "/var/lib/x") == "the file /var/lib/x is gone"
