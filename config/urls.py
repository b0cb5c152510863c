"""Every address. An app's own addresses stand in its `urls.py`; here only where they hang."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from config.api import api

urlpatterns = [
    path("api/v1/", api.urls),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
]

urlpatterns += i18n_patterns(
    path("account/", include("allauth.account.urls")),
    # Last: Wagtail answers every path that is left.
    path("", include(wagtail_urls)),
    prefix_default_language=True,
)
