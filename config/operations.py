"""Addresses for monitoring: liveness, readiness, metrics."""

import hmac
from datetime import UTC, timedelta

import redis
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from core import clock, health

SECURITY_TXT_HOLDS = timedelta(days=180)  # RFC 9116 recommends less than a year


def _redis() -> None:
    with redis.Redis.from_url(settings.TN_REDIS_URL, socket_timeout=1, socket_connect_timeout=1) as client:
        client.ping()


if settings.TN_REDIS_URL:
    # Pages and the live poll work without it; jobs wait in their tables.
    health.register("redis", _redis, required=False)


@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """The process answers. Asks nobody else, so that a slow database does not restart healthy processes."""
    return _fresh(JsonResponse({"status": "ok"}))


@require_safe
def readyz(_request: HttpRequest) -> HttpResponse:
    """200 while the product can serve (also degraded), 503 while it cannot."""
    status, checks = health.readiness()
    return _fresh(JsonResponse({"status": status, "checks": checks}, status=503 if status == "down" else 200))


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus text for the bearer of TN_METRICS_TOKEN. Where none is set there is no such address."""
    expected = settings.TN_METRICS_TOKEN
    if not expected:
        raise Http404
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not hmac.compare_digest(given.encode(), expected.encode()):
        return HttpResponse("The metrics need a token.\n", status=401, content_type="text/plain; charset=utf-8")
    return _fresh(HttpResponse(generate_latest(), content_type=CONTENT_TYPE_LATEST))


@require_safe
def security_txt(_request: HttpRequest) -> HttpResponse:
    """Whom to write to about a hole (RFC 9116). It expires half a year after it is read: nobody has to renew it."""
    expires = (clock.now() + SECURITY_TXT_HOLDS).astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {settings.TN_SECURITY_CONTACT}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}",
        f"Canonical: {settings.TN_SITE_URL}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _fresh(response: HttpResponse) -> HttpResponse:
    add_never_cache_headers(response)
    return response
