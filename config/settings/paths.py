"""Where things lie. Everything that the product writes is under TN_VAR_DIR."""

from urllib.parse import urlsplit

from config.settings.environment import DEMO_MARK, read_environment

env = read_environment()

DEBUG = env.tn_debug
TN_CITY = env.tn_city
TN_SITE_URL = env.tn_site_url
TN_VAR_DIR = env.tn_var_dir.resolve()
# `bin/demo` leaves its mode beside its data, so that `manage.py` without any variable works on them. A variable wins.
TN_DEMO = env.tn_demo if "tn_demo" in env.model_fields_set else (TN_VAR_DIR / DEMO_MARK).is_file()
TN_METRICS_TOKEN = env.tn_metrics_token
TN_PAUSE_GRACE_MINUTES = env.tn_pause_grace_minutes
# Without a contact of its own: the mailbox that RFC 2142 gives to reports about security.
TN_SECURITY_CONTACT = env.tn_security_contact or f"mailto:security@{urlsplit(TN_SITE_URL).hostname}"
TN_WEB_THREADS = env.tn_web_threads
TN_CLAMAV_SOCKET = env.tn_clamav_socket

MEDIA_ROOT = TN_VAR_DIR / "media"
MEDIA_URL = "/media/"
PRIVATE_MEDIA_ROOT = TN_VAR_DIR / "private"
STATIC_ROOT = (env.tn_static_dir or TN_VAR_DIR / "static").resolve()
STATIC_URL = "/static/"

for _folder in (TN_VAR_DIR, MEDIA_ROOT, PRIVATE_MEDIA_ROOT, STATIC_ROOT):
    _folder.mkdir(parents=True, exist_ok=True)

__all__ = [name for name in dir() if name.isupper()]
