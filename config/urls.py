"""Every address. An app's own addresses stand in its `urls.py`; here only where they hang."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.documents.views.serve import authenticate_with_password as document_password
from wagtail.views import authenticate_with_password

from accounts.wagtail_account import PersonAccountView
from accounts.web.refused import SignIn, other_sign_in
from cms.images import image
from config import csp_reports, home, operations, problems
from config.api import api
from config.page_passwords import limited

urlpatterns = [
    path("", home.choose_language),
    path("healthz", operations.healthz, name="healthz"),
    path("readyz", operations.readyz, name="readyz"),
    path("metrics", operations.metrics, name="metrics"),
    path("csp-reports/", csp_reports.receive),
    path(".well-known/security.txt", operations.security_txt),
    re_path(r"^api/v1/$", problems.unknown_path),
    path("api/v1/", api.urls),
    re_path(r"^api/", problems.unknown_path),
    # Before Wagtail's own.
    path("admin/account/", require_admin_access(PersonAccountView.as_view())),
    path("admin/login/", other_sign_in),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/authenticate_with_password/<int:restriction_id>/", limited(document_password)),
    path("documents/", include(wagtaildocs_urls)),
    path("map/", include("cms.urls")),
    # Only images: documents and attachments go through their views.
    re_path(r"^media/(?P<path>images/[^/]+)$", image),
]

urlpatterns += i18n_patterns(
    path("account/", include("accounts.web.urls")),
    path("account/login/", SignIn.as_view(), name="account_login"),
    path("account/", include("allauth.account.urls")),
    path("account/", include("search.web.saved_urls")),
    path("search/", include("search.web.urls")),
    path("", include("issues.web.urls")),
    path(
        "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
        limited(authenticate_with_password),
    ),
    path("_util/login/", other_sign_in),
    # Last: Wagtail answers every path that is left.
    path("", include(wagtail_urls)),
    prefix_default_language=True,
)

handler400 = "core.views.bad_request"
handler403 = "core.views.permission_denied"
handler404 = "core.views.page_not_found"
handler429 = "core.views.too_many"  # asked for by allauth
handler500 = "core.views.server_error"
