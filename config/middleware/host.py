"""Probes ask by the address of a machine or container, which is none of the site's names."""

from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.middleware.common import CommonMiddleware

PROBES = ("/healthz", "/readyz", "/metrics")


class HostMiddleware(CommonMiddleware):
    """Django's check of ALLOWED_HOSTS, except for probes: they build no link from the host that they are asked by."""

    def process_request(self, request: HttpRequest) -> HttpResponsePermanentRedirect | None:
        return None if request.path_info in PROBES else super().process_request(request)
