"""Installed apps, middleware, templates, and where requests enter."""

from config.settings.environment import BASE_DIR
from config.settings.paths import DEBUG

INSTALLED_APPS = [
    "core",
    "accounts",
    "investment",
    "issues",
    "cms",
    "search",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.sitemaps",
    "wagtail.contrib.typed_table_block",
    "wagtail.sites",
    "accounts.wagtail_users.UsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_fsm",
    "allauth",
    "allauth.account",
    "rules",
    "ninja",
    "csp",
    "django_htmx",
    "channels",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "config.middleware.proxy_headers.ProxyHeadersMiddleware",
    "config.middleware.request_id.RequestIdMiddleware",
    "config.middleware.request_metrics.RequestMetricsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "config.middleware.answer_headers.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.answer_headers.NoStoreMiddleware",
    "config.middleware.content_security.ContentSecurityMiddleware",
    "config.middleware.api_problems.ApiProblemsMiddleware",
    "config.middleware.unstorable_input.UnstorableInputMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.middleware.language.LanguageMiddleware",
    "config.middleware.host.HostMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "config.middleware.people.PeopleMiddleware",
    "config.middleware.limits.LimitsMiddleware",
    "accounts.devices.KnownDeviceMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "core.forms.TrongNgayRenderer"

_LOADERS = [
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": _LOADERS if DEBUG else [("django.template.loaders.cached.Loader", _LOADERS)],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "core.context.site",
                "accounts.context.person",
            ],
        },
    },
]

STATICFILES_DIRS = [folder for folder in (BASE_DIR / "assets" / "dist",) if folder.is_dir()]

__all__ = [name for name in dir() if name.isupper()]
