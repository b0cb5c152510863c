"""What `manage.py check` says about an installation that runs, but not as one on a public address should."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register

_OWN_MACHINE = ("localhost", "127.0.0.1", "::1")


@register(Tags.security)
def check_site_address(**_kwargs: Any) -> list[CheckMessage]:
    """core.W001: without https nothing protects what people type; core.W002: a demo that is public."""
    site = urlsplit(settings.TN_SITE_URL)
    private = site.hostname in _OWN_MACHINE
    found: list[CheckMessage] = []
    if site.scheme != "https" and not (private and settings.TN_DEMO):
        found.append(
            Warning(
                f"TN_SITE_URL is {settings.TN_SITE_URL}: cookies are sent without TLS, there is no redirect to https "
                "and no Strict-Transport-Security.",
                hint="Set TN_SITE_URL to the https address of the site. Only for tests is http enough.",
                id="core.W001",
            )
        )
    if settings.TN_DEMO and not private:
        found.append(
            Warning(
                f"The demo runs at {settings.TN_SITE_URL}: everybody knows the password of its accounts.",
                hint="Set TN_DEMO=false where people work.",
                id="core.W002",
            )
        )
    return found
