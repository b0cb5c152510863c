"""Reports of browsers, and of callers that pretend to be one."""

import json
import logging
from typing import Any

import pytest
from django.test import Client

from config.csp_reports import LARGEST, MOST_AT_ONCE
from core import limits

pytestmark = pytest.mark.django_db
SECRET = "x7Qk29LmZ81"
OLD = {
    "csp-report": {
        "document-uri": f"http://testserver/vi/follow/KN-2026-0001/{SECRET}/?a={SECRET}",
        "referrer": f"http://testserver/{SECRET}",
        "violated-directive": "script-src-elem 'self'",
        "blocked-uri": f"https://evil.example/{SECRET}.js?{SECRET}",
        "script-sample": f"alert('{SECRET}')",
    }
}
NEW = {
    "type": "csp-violation",
    "url": f"http://testserver/{SECRET}",
    "user_agent": SECRET,
    "body": {"documentURL": "http://testserver/vi/answers/", "effectiveDirective": "style-src", "blockedURL": "inline"},
}


def send(body: Any, content_type: str = "application/csp-report", **extra: Any) -> Any:
    content = body if isinstance(body, (str, bytes)) else json.dumps(body)
    return Client(enforce_csrf_checks=True).post("/csp-reports/", content, content_type=content_type, **extra)


def test_both_forms_become_a_line(caplog: pytest.LogCaptureFixture) -> None:
    assert send(OLD).status_code == 204
    assert send([NEW, {"type": "deprecation"}, 7], "application/reports+json").status_code == 204
    lines = [record.getMessage() for record in caplog.records if record.name == "trong_ngay.csp"]
    assert lines == [
        "blocked script-src-elem from https://evil.example on /vi/follow/<code>/<key>/",
        "blocked style-src from inline on /vi/answers/",
    ]
    assert SECRET not in caplog.text


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        ("{", "application/csp-report", 400),
        ("[" * 8000, "application/csp-report", 400),
        ("7", "application/csp-report", 400),
        (b"\xff\x00", "application/json", 400),
        ({"csp-report": 7}, "application/csp-report", 400),
        ({"csp-report": {}}, "text/html", 415),
        ("x" * (LARGEST + 1), "application/csp-report", 413),
        ({"csp-report": {"blocked-uri": "http://[", "document-uri": "http://["}}, "application/csp-report", 400),
        ({"csp-report": {"blocked-uri": ["a"], "violated-directive": "a\nb FAKE LINE"}}, "application/csp-report", 204),
    ],
)
def test_nonsense_is_refused(body: Any, content_type: str, status: int, caplog: pytest.LogCaptureFixture) -> None:
    assert send(body, content_type).status_code == status
    assert "FAKE" not in caplog.text


def test_one_request_writes_few_lines(caplog: pytest.LogCaptureFixture) -> None:
    send([NEW] * 40, "application/reports+json")
    assert len([record for record in caplog.records if record.name == "trong_ngay.csp"]) == MOST_AT_ONCE


def test_an_address_sends_few(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)
    for _ in range(limits.most("csp_report.address")):
        assert send("{").status_code == 400
    answer = send(OLD)
    assert answer.status_code == 429
    assert answer["Retry-After"] == "60"
    assert send(OLD, REMOTE_ADDR="192.0.2.9").status_code == 204


def test_it_takes_reports_alone() -> None:
    assert Client().get("/csp-reports/").status_code == 405


@pytest.mark.parametrize("path", ["/vi/account/login/", "/admin/login/", "/api/v1/docs"])
def test_pages_name_it(path: str) -> None:
    answer = Client().get(path, follow=True)
    policy = answer["Content-Security-Policy"].split("; ")
    assert "report-uri /csp-reports/" in policy
    assert "report-to csp" in policy
    assert answer["Reporting-Endpoints"] == 'csp="/csp-reports/"'
