"""What editors see of translations: a report, a notice in the editor, and “compared” for one page."""

from typing import Any

import django_filters
from django.contrib import messages as plain_messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page
from wagtail.permissions import page_permission_policy
from wagtail_localize.models import Translation

from cms import translations

NAMESPACE = "cms_translations"


class TranslationFilterSet(WagtailFilterSet):
    changed = django_filters.BooleanFilter(label=gettext_lazy("The source has changed"))

    class Meta:
        model = Translation
        fields = ["changed", "target_locale"]


class TranslationReport(ReportView):
    """Every page that is a translation, those first whose source has changed."""

    model = Translation
    page_title = gettext_lazy("Translations")
    header_icon = "wagtail-localize-language"
    index_url_name = f"{NAMESPACE}:report"
    index_results_url_name = f"{NAMESPACE}:report_results"
    results_template_name = "wagtailadmin/generic/index_results.html"
    filterset_class = TranslationFilterSet
    is_searchable = False
    list_export = ["target_title", "target_locale", "source_title", "changed", "source_published_at"]

    def get_base_queryset(self) -> QuerySet[Translation]:
        rows = translations.with_state(Translation.objects.all())
        return rows.order_by("-changed", "target_title", "pk")

    @property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("target_title", label=_("Translation"), get_url=lambda row: edit_url(row.target_page)),
            Column("target_locale", label=_("Language")),
            TitleColumn("source_title", label=_("Source"), get_url=lambda row: edit_url(row.source_page)),
            Column("state", label=_("State"), accessor=state_of),
            DateColumn("source_published_at", label=_("Source published")),
        ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        check_edits_pages(request)
        return super().dispatch(request, *args, **kwargs)


def state_of(row: Any) -> str:
    """One of two sentences."""
    return _("The source has changed") if row.changed else _("Up to date")


def edit_url(page_id: int) -> str:
    return reverse("wagtailadmin_pages:edit", args=(page_id,))


def check_edits_pages(request: HttpRequest) -> None:
    """Raise PermissionDenied unless the person works on pages at all."""
    if not page_permission_policy.user_has_any_permission(request.user, {"add", "change", "publish"}):
        raise PermissionDenied


def compared(request: HttpRequest, page_id: int) -> HttpResponse:
    """Ask whether the translation says the same as its source now; remember it on POST."""
    page = get_object_or_404(Page, pk=page_id)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    row = translations.of_page(page)
    if row is None or row.enabled:
        plain_messages.info(request, _("This page is not compared with another one."))
        return redirect(edit_url(page_id))
    if request.method == "POST":
        translations.compare_now(row)
        plain_messages.success(request, _("“%(page)s” is up to date with its source.") % {"page": page})
        return redirect(edit_url(page_id))
    context = {"page": page, "row": row, "back": edit_url(page_id), "changes_url": changes_url(row)}
    return render(request, "cms/admin/compared.html", context)


def changes_url(row: Any) -> str:
    """What changed in the source since the two were compared; empty where Wagtail has kept no revision of then."""
    revision = translations.compared_revision(row)
    if revision is None:
        return ""
    return reverse("wagtailadmin_pages:revisions_compare", args=(row.source_page, revision.pk, "live"))


def notice_in_editor(request: HttpRequest, page: Page) -> None:
    """Say above the editor of a translation that its source has changed."""
    if request.method != "GET":
        return
    row: Any = translations.of_page(page)
    if row is None or not row.changed:
        return
    sentence = _("The source of this page, “%(source)s”, has changed since this translation was compared with it.")
    found = [(changes_url(row), _("See what changed")), (edit_url(row.source_page), _("Open the source"))]
    if row.enabled:
        found.append(
            (reverse("wagtail_localize:update_translations", args=(row.source_id,)), _("Take the changes over"))
        )
    else:
        found.append((reverse(f"{NAMESPACE}:compared", args=(page.pk,)), _("The translation is up to date")))
    buttons = [messages.button(url, text) for url, text in found if url]
    messages.warning(request, sentence % {"source": row.source_title}, buttons=buttons)


urlpatterns = [
    path("", TranslationReport.as_view(), name="report"),
    path("results/", TranslationReport.as_view(results_only=True), name="report_results"),
    path("<int:page_id>/compared/", compared, name="compared"),
]
