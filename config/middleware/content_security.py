"""The Content-Security-Policy of each part of the site."""

from typing import Any

from csp.constants import HEADER
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property

DATA = "default-src 'none'; frame-ancestors 'none'"
_DATA_TYPES = ("application/json", "application/problem+json")


class ContentSecurityMiddleware(CSPMiddleware):
    """Pages run only our own scripts. Wagtail's administration has scripts and styles within its pages.

    Data shows nothing and runs nothing, wherever a browser is made to open it.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.get("Content-Type", "").startswith(_DATA_TYPES):
            response.headers.setdefault(HEADER, DATA)
            return response
        response = super().process_response(request, response)
        if "report-to" in response.headers.get(HEADER, ""):
            response.headers.setdefault("Reporting-Endpoints", settings.TN_REPORTING_ENDPOINTS)
        return response

    @cached_property
    def admin_root(self) -> str:
        return reverse("wagtailadmin_home")

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if parts.config is None and not report_only and request.path.startswith(self.admin_root):
            policy: dict[str, Any] = settings.ADMIN_CONTENT_SECURITY_POLICY
            parts.config = policy["DIRECTIVES"]
        return parts
