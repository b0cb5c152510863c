"""What browsers report about pages that broke our Content-Security-Policy: a line in the log for each, in short.

Anybody can send a report, so it is bounded in size and number, and nothing of it is written as it came: addresses
become patterns or names of hosts (core.routes), words come from a list.
"""

import json
import logging
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from core import limits
from core.errors import TooMany
from core.routes import route_of_path

log = logging.getLogger("trong_ngay.csp")

LARGEST = 16 * 1024  # bytes; browsers send about one kilobyte for each report
MOST_AT_ONCE = 10  # reports that the Reporting API puts into one request
_TYPES = ("application/csp-report", "application/reports+json", "application/json")
_WORDS = frozenset({"inline", "eval", "wasm-eval", "data", "blob", "self", "trusted-types-sink"})
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz-")


@csrf_exempt
@require_POST
def receive(request: HttpRequest) -> HttpResponse:
    """204 for a report in the old form (report-uri, CSP 2) or the new one (report-to, CSP 3 and Reporting API)."""
    if request.content_type not in _TYPES:
        return HttpResponse(status=415)
    try:
        limits.spend("csp_report.address", limits.caller_key(request))
    except TooMany as error:
        return limits.say_when(HttpResponse(status=429), error)
    if _declared_size(request) > LARGEST:
        return HttpResponse(status=413)
    body = request.read(LARGEST + 1)
    if len(body) > LARGEST:
        return HttpResponse(status=413)
    try:
        found = [_summary(report) for report in _reports(json.loads(body))[:MOST_AT_ONCE]]
    except (ValueError, RecursionError):
        return HttpResponse(status=400)
    for summary in found:
        log.warning("blocked %s from %s on %s", *summary)
    return HttpResponse(status=204)


def _declared_size(request: HttpRequest) -> int:
    text = request.META.get("CONTENT_LENGTH") or "0"
    return int(text) if text.isdecimal() and len(text) < 12 else LARGEST + 1


def _reports(content: Any) -> list[dict[str, Any]]:
    """The bodies of the reports; ValueError for what is none."""
    if isinstance(content, dict) and isinstance(content.get("csp-report"), dict):
        return [content["csp-report"]]
    if isinstance(content, list):
        bodies = [one.get("body") for one in content if isinstance(one, dict) and one.get("type") == "csp-violation"]
        return [body for body in bodies if isinstance(body, dict)]
    raise ValueError("no report")


def _summary(report: dict[str, Any]) -> tuple[str, str, str]:
    """Directive, what was blocked, on which page. ValueError for an address that is none."""
    names = ("effectiveDirective", "effective-directive", "violated-directive")
    directive = next((text for text in (_text(report, name) for name in names) if text), "").partition(" ")[0]
    page = urlsplit(_text(report, "documentURL") or _text(report, "document-uri")).path
    return (
        directive if directive and set(directive) <= _LETTERS and len(directive) <= 30 else "?",
        _origin(_text(report, "blockedURL") or _text(report, "blocked-uri")),
        route_of_path(page),
    )


def _text(report: dict[str, Any], name: str) -> str:
    value = report.get(name)
    return value[:2000] if isinstance(value, str) else ""


def _origin(address: str) -> str:
    """Scheme and host alone: an address may have somebody's secret in it."""
    if address in _WORDS:
        return address
    parts = urlsplit(address)
    host = parts.hostname or ""
    known = parts.scheme in ("http", "https", "ws", "wss", "data", "blob", "chrome-extension", "moz-extension")
    plain = host.isascii() and all(character.isalnum() or character in ".-:" for character in host) and len(host) < 254
    return f"{parts.scheme}://{host}" if known and plain else "?"
