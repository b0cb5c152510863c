"""Secrets, cookies, headers, passwords, sign-in."""

import secrets
import socket
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import SELF
from django.core.exceptions import ImproperlyConfigured

from config.settings.map import TN_MAP_TILES_ORIGIN
from config.settings.paths import TN_DEMO, TN_SITE_URL, TN_VAR_DIR, env


def _kept_key(path: Path) -> str:
    """The demo's own random key, made once, so that sign-ins survive a restart."""
    try:
        # "x" makes one of several starting processes the writer; the others read.
        with path.open("x", encoding="ascii") as file:
            path.chmod(0o600)
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return path.read_text(encoding="ascii") or _rewritten_key(path)


def _rewritten_key(path: Path) -> str:
    """A start that was killed between creating and writing left an empty file."""
    path.write_text(secrets.token_urlsafe(48), encoding="ascii")
    return path.read_text(encoding="ascii")


def _secret_key() -> str:
    if env.secret_key:
        return env.secret_key
    if TN_DEMO:
        return _kept_key(TN_VAR_DIR / "secret-key")
    raise ImproperlyConfigured(
        "The environment variable SECRET_KEY is missing: set it to at least 32 random characters, "
        "or start bin/demo to try the product."
    )


SECRET_KEY = _secret_key()
_site = urlsplit(TN_SITE_URL)
_https = _site.scheme == "https"

ALLOWED_HOSTS = [*env.allowed_hosts, str(_site.hostname)]
if TN_DEMO:
    ALLOWED_HOSTS += ["localhost", "127.0.0.1", "[::1]", "0.0.0.0", socket.gethostname()]  # noqa: S104 - a Host header
CSRF_TRUSTED_ORIGINS = [TN_SITE_URL]

# All that needs TLS follows the public address alone: a demo behind TLS is as public as any site.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _https
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_FAILURE_VIEW = "core.views.csrf_failure"

X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail shows previews in a frame of its own site
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
# From anybody but these proxies config.middleware.proxy_headers takes the header off.
TN_TRUSTED_PROXIES = env.tn_trusted_proxies
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
_YEAR = 365 * 24 * 3600  # seconds
SECURE_SSL_REDIRECT = _https
SECURE_SSL_HOST = _site.netloc  # never the host that a visitor names
SECURE_REDIRECT_EXEMPT = ["^healthz$", "^readyz$", "^metrics$"]  # asked inside the network, without TLS
SECURE_HSTS_SECONDS = (_YEAR if env.tn_hsts_seconds is None else env.tn_hsts_seconds) if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = False  # the city's other names are not ours to decide on
# Nothing of ours needs a sensor, a device or a payment; pages copy text, and the public screen may fill a monitor.
_NEVER_ASKED = (
    *("accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media"),
    *("geolocation", "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone", "midi"),
    *("payment", "publickey-credentials-get", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking"),
)
TN_PERMISSIONS_POLICY = ", ".join(
    [*(f"{feature}=()" for feature in _NEVER_ASKED), "clipboard-write=(self)", "fullscreen=(self)"]
)

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640
MAX_UPLOAD_BYTES = env.tn_max_upload_mb * 1024 * 1024

# Both names of one place: browsers that know `report-to` leave `report-uri` out.
CSP_REPORTS = "/csp-reports/"
_REPORTED: dict[str, object] = {"report-uri": CSP_REPORTS, "report-to": "csp"}
TN_REPORTING_ENDPOINTS = f'csp="{CSP_REPORTS}"'

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "style-src-attr": ["'unsafe-inline'"],  # the day bar places its marks by style attributes
        "img-src": [SELF, "data:", *filter(None, [TN_MAP_TILES_ORIGIN])],
        "connect-src": [SELF],
        "object-src": ["'none'"],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
        **_REPORTED,
    }
}

# Wagtail's administration has inline scripts and styles and shows images it has just received.
ADMIN_CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, "'unsafe-inline'"],
        "style-src": [SELF, "'unsafe-inline'"],
        "img-src": [SELF, "data:", "blob:"],
        "frame-src": [SELF],
        "object-src": ["'none'"],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
        **_REPORTED,
    }
}

__all__ = [name for name in dir() if name.isupper()]
